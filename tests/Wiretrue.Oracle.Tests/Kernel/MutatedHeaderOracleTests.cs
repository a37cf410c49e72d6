using System.Buffers.Binary;
using Wiretrue.Testing;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>As <see cref="RefusalOracleTests"/>, with random faults in headers that were right.</summary>
public sealed class MutatedHeaderOracleTests(ITestOutputHelper output)
{
    private readonly Random _random = new(11);

    [RootTapFact]
    public void A_header_is_taken_or_refused_as_by_the_kernel_whatever_is_wrong_with_it()
    {
        using var pair = TapPair.Create("mutant");
        using var wire = new Wire();
        var source = new SuperFrameSource(seed: 11);
        int taken = 0, refused = 0, unreadable = 0, excused = 0;
        var differences = new List<string>();
        for (int i = 0; i < LongRun.Times(10_000); i++)
        {
            SuperFrame right = _random.Next(3) switch
            {
                0 => source.Next(inTunnel: false),
                1 => source.Next(inTunnel: true),
                _ => source.NextPartial(),
            };
            SuperFrame sent = right with { Header = Mutate(right.Header) };
            if (!TryCut(pair, sent, out List<byte[]>? kernel))
            {
                unreadable++;
                continue;
            }
            List<byte[]>? ours = wire.CutUntrusted(sent.Header, VnetHeader.Length, sent.Frame, out string? refusal);
            taken += kernel is null ? 0 : 1;
            refused += kernel is null ? 1 : 0;
            if (FrameComparison.Difference(kernel, ours) is not { } difference)
                continue;
            if (IsExcused(right, sent.Header, kernel, ours, refusal))
                excused++;
            else
                differences.Add($"round {i}: {difference} ({refusal})\n{right.Header}\n{sent}");
        }
        output.WriteLine($"{taken} taken, {refused} refused or dropped, {unreadable} unreadable, {excused} excused, {differences.Count} differences");
        Assert.True(differences.Count == 0, string.Join("\n\n", differences.Take(5)));
    }

    // False when what came out cannot be told of in a header: a tunnel's type without a size.
    private static bool TryCut(TapPair pair, SuperFrame sent, out List<byte[]>? frames)
    {
        try
        {
            frames = pair.Cut(sent.Header, sent.Frame);
            if (frames is { Count: 0 })
                frames = null;
            return true;
        }
        catch (IOException)
        {
            pair.Discard();
            frames = null;
            return false;
        }
    }

    private static bool IsExcused(SuperFrame right, in VnetHeader header, List<byte[]>? kernel, List<byte[]>? ours, string? refusal)
    {
        if (kernel is not null && refusal == VnetHeaderReading.OtherHeaders)
            return true;
        int transport = right.Header.ChecksumStart;
        int payload = right.Frame.Length - transport - (right.Header.ChecksumOffset == 16 ? (right.Frame[transport + 12] >> 4) * 4 : 8);
        // The kernel counts TCP's options as payload when it decides whether this is a super-frame, and then drops one that is none.
        if (kernel is null && ours is [_] && payload <= header.GsoSize)
            return true;
        // Fragments whose identification it draws, that overlap, or the checksum of which lies elsewhere, which it makes all the same.
        if (kernel is not null && (header.GsoType & 0x0F) == VnetHeader.GsoUdp)
            return true;
        // It makes the outer checksum out of what the field holds, also where it holds nothing; ours is right.
        int outer = right.Header.OuterTransportOffset;
        return outer != 0 && kernel?.Count == ours?.Count && (header.Flags & VnetHeader.UdpTunnelChecksum) != 0
            && BinaryPrimitives.ReadUInt16BigEndian(right.Frame.AsSpan(outer + 6)) == 0;
    }

    private VnetHeader Mutate(VnetHeader header)
    {
        int count = _random.Next(1, 3);
        for (int i = 0; i < count; i++)
        {
            header = _random.Next(7) switch
            {
                0 => header with { Flags = (byte)(header.Flags ^ (1 << _random.Next(4))) },
                1 => header with { GsoType = (byte)(header.GsoType ^ (1 << _random.Next(8))) },
                2 => header with { GsoSize = (ushort)Near(header.GsoSize) },
                3 => header with { ChecksumStart = (ushort)Near(header.ChecksumStart) },
                4 => header with { ChecksumOffset = (ushort)Near(header.ChecksumOffset) },
                5 => header with { OuterTransportOffset = (ushort)Near(header.OuterTransportOffset) },
                _ => header with { InnerNetworkOffset = (ushort)Near(header.InnerNetworkOffset) },
            };
        }
        return header;
    }

    private int Near(int value) => _random.Next(4) switch
    {
        0 => 0,
        1 => 0xFFFF,
        2 => _random.Next(0x10000),
        _ => value + _random.Next(-10, 11),
    };
}
