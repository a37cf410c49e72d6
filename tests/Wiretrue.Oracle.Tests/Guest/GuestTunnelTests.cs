using Wiretrue.Devices;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Packets;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Guest;

/// <summary>Tunnel drivers that the running kernel lacks judge our segments: those of another Linux, in an emulated machine.</summary>
[Trait("Category", "Guest")]
public sealed class GuestTunnelTests(ITestOutputHelper output)
{
    private static readonly int Batch = Environment.GetEnvironmentVariable("WIRETRUE_LONG") is { Length: > 0 } ? 200 : 20;

    [GuestFact]
    public void Super_frames_through_every_tunnel_are_cut_as_its_driver_cuts_them()
    {
        using var router = GuestRouter.Start(GuestTunnel.All);
        using var wire = new Wire();
        var random = new Random(7);
        var source = new PlainFrameSource(random);
        var failures = new List<string>();
        for (int i = 0; i < GuestTunnel.All.Count; i++)
        {
            GuestTunnel tunnel = GuestTunnel.All[i];
            foreach (int version in tunnel.Inner)
            {
                (PlainFrame Frame, int Size)[] sent = [.. Enumerable.Range(1, Batch).Select(number => Next(source, random, i, version, number))];
                List<byte[]>?[] kernel = router.Pass([.. sent.Select(s => Parcel(s.Frame, s.Size))]);
                string?[] differences = [.. sent.Select((s, n) => Judge(wire, s.Frame, s.Size, kernel[n], i))];
                string? first = differences.FirstOrDefault(d => d is not null);
                string line = $"{tunnel}, IPv{version} inside: {Batch} super-frames, {kernel.Sum(k => k?.Count)} segments, {first ?? "0 differences"}";
                output.WriteLine(line);
                if (first is not null)
                    failures.Add(line);
            }
        }
        Assert.Empty(failures);
    }

    /// <summary>A super-frame for a tunnel, with a source of its own.</summary>
    private static (PlainFrame Frame, int Size) Next(PlainFrameSource source, Random random, int tunnel, int version, int number)
    {
        bool isIPv4 = version == 4;
        IPFields ip = NextInner(source, isIPv4) with
        {
            Source = System.Net.IPAddress.Parse(isIPv4 ? $"192.0.2.{number}" : $"2001:db8::1:{number:x}"),
            Destination = GuestRouter.DestinationOf(tunnel, isIPv4),
        };
        byte[] payload = source.NextPayload();
        // The guest's kernel takes nothing below eight for a segment's size.
        int size = random.Next(Math.Max(8, payload.Length / 60), 9000);
        if (payload.Length <= size)
            size = Math.Max(8, payload.Length / 2);
        if (payload.Length <= size)
            payload = new byte[size + 1];
        return (new PlainFrame([new PlainEthernet(), new PlainIP(ip), NextTcp(source)], payload), size);
    }

    private static GuestParcel Parcel(PlainFrame frame, int size)
    {
        IPFields ip = ((PlainIP)frame.Headers[1]).Fields;
        byte[] addresses = [.. ip.Source.GetAddressBytes(), .. ip.Destination.GetAddressBytes()];
        return new GuestParcel(Header(frame, size), frame.Build(), addresses, (frame.Payload.Length + size - 1) / size);
    }

    /// <summary>The first difference, in words; null when there is none.</summary>
    private static string? Judge(Wire wire, PlainFrame sent, int size, List<byte[]>? kernel, int index)
    {
        if (kernel is null or [])
            return $"{(kernel is null ? "refused by the running kernel" : "nothing comes out")} (cut by {size}: {sent})";
        // The router takes one off.
        var ip = (PlainIP)sent.Headers[1];
        ip = ip with { Fields = ip.Fields with { HopLimit = (byte)(ip.Fields.HopLimit - 1) } };
        PlainFrame tunnelled = sent with { Headers = [.. Outer(GuestTunnel.All[index], index), ip, sent.Transport] };
        tunnelled = LearntHeaders.From(tunnelled, kernel[0]);
        List<byte[]>? ours = wire.Cut(tunnelled.Offload(size), tunnelled.Build(), out DropReason reason);
        return FrameComparison.Difference(kernel, ours) is { } difference ? $"{difference} ({reason}; cut by {size}: {tunnelled})" : null;
    }

    private static IEnumerable<PlainHeader> Outer(GuestTunnel tunnel, int index)
    {
        yield return new PlainEthernet();
        bool isIPv4 = tunnel.Outer == 4;
        IPFields outer = isIPv4 ? new IPv4Fields() : new IPv6Fields();
        if (tunnel.Outer != 0)
            yield return new PlainIP(outer with { Source = GuestRouter.Begin(isIPv4), Destination = GuestRouter.EndOf(index, isIPv4) });
        foreach (PlainHeader header in tunnel.Headers)
        {
            yield return header switch
            {
                PlainVxlan vxlan => vxlan with { Vni = index + 1 },
                PlainGeneve geneve => geneve with { Vni = index + 1 },
                _ => header,
            };
        }
    }

    private static PlainHeader NextTcp(PlainFrameSource source)
    {
        while (true)
        {
            if (source.NextTransport() is PlainTcp tcp)
                return tcp with { HasAccurateEcn = false };
        }
    }

    private static IPFields NextInner(PlainFrameSource source, bool isIPv4)
    {
        while (true)
        {
            IPFields fields = source.NextIP().Fields;
            // A packet with nothing left goes nowhere.
            if (fields is IPv4Fields == isIPv4 && fields.HopLimit > 1)
                return fields;
        }
    }

    private static VnetHeader Header(PlainFrame frame, int size) => new()
    {
        Flags = VnetHeader.NeedsChecksum,
        GsoType = (byte)((frame.Headers[1] is PlainIP { Fields: IPv4Fields } ? VnetHeader.GsoTcpV4 : VnetHeader.GsoTcpV6)
            | ((((PlainTcp)frame.Transport).Fields.Flags & TcpFields.Cwr) != 0 ? VnetHeader.GsoEcn : 0)),
        HeaderLength = (ushort)frame.HeaderLength,
        GsoSize = (ushort)size,
        ChecksumStart = (ushort)frame.TransportOffset,
        ChecksumOffset = 16,
    };
}
