using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>As <see cref="SegmentationOracleTests"/>, for datagrams that are cut into IP fragments.</summary>
public sealed class FragmentationOracleTests(ITestOutputHelper output)
{
    [RootTapFact]
    public void Datagrams_are_cut_into_fragments_as_the_kernel_cuts_them()
    {
        using var pair = TapPair.Create("ufo");
        using var wire = new Wire();
        var source = new SuperFrameSource(seed: 10);
        var comparison = new KernelComparison("fragments");
        for (int i = 0; i < LongRun.Times(10_000); i++)
        {
            SuperFrame sent = source.NextDatagram();
            List<byte[]>? kernel = pair.Cut(sent.Header, sent.Frame);
            // The kernel draws the identification of IPv6 fragments, and so would we.
            int header = kernel is { Count: > 0 } ? FragmentHeaderOf(kernel[0]) : 0;
            OffloadState state = Wire.StateOf(sent.Header, sent.Frame.Length) with
            {
                FragmentIdentification = header > 0 ? BinaryPrimitives.ReadUInt32BigEndian(kernel![0].AsSpan(header + 4)) : 0,
            };
            List<byte[]>? ours = wire.Cut(state, sent.Frame, out DropReason reason);
            if (header > 0 && ours is not null)
                CountAsLinux(ours, header);
            comparison.Same(kernel, ours, reason, sent.ToString);
        }
        comparison.Report(output);
    }

    /// <summary>
    /// Linux counts extension headers in front of the fragment header as if each fragment carried so much more of the datagram, so with them
    /// its fragments leave gaps and nobody can reassemble them. Ours are right; all but that is compared.
    /// </summary>
    private static void CountAsLinux(List<byte[]> ours, int header)
    {
        int extensions = header - NetworkOf(ours[0]) - 40;
        for (int i = 0; i < ours.Count; i++)
        {
            Span<byte> field = ours[i].AsSpan(header + 2, 2);
            BinaryPrimitives.WriteUInt16BigEndian(field, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(field) + (i * extensions)));
        }
    }

    /// <summary>Where the IPv6 fragment header is; 0 when there is none.</summary>
    private static int FragmentHeaderOf(ReadOnlySpan<byte> frame)
    {
        int network = NetworkOf(frame);
        if (frame[network] >> 4 != 6)
            return 0;
        byte next = frame[network + 6];
        int offset = network + 40;
        while (next is 0 or 43 or 60)
        {
            next = frame[offset];
            offset += 8 * (frame[offset + 1] + 1);
        }
        return next == 44 ? offset : 0;
    }

    private static int NetworkOf(ReadOnlySpan<byte> frame)
    {
        int network = 14;
        while ((frame[network - 2], frame[network - 1]) is (0x81, 0x00) or (0x88, 0xA8))
            network += 4;
        return network;
    }
}
