using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Kernel;
using Xunit.Sdk;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>
/// Gives the same frames to the kernel and to the transmit path, and compares what the reader of a TAP gets of both: as many frames, the
/// same bytes, and the same still owed to them.
/// </summary>
/// <param name="pair">The kernel's way.</param>
/// <param name="transmit">Ours.</param>
/// <param name="what">Which way it is, for the message of a failed test.</param>
internal sealed class TapComparison(TapPair pair, TapTransmit transmit, string what)
{
    private int _sent;
    private int _superFrames;
    private int _owed;
    private int _others;

    /// <summary>What was compared, in words.</summary>
    public override string ToString() =>
        $"{what}: {_sent} sent; {_superFrames} super-frames, {_owed} frames with a checksum owed and {_others} others came out; 0 differences";

    /// <summary>Fails with the first difference, and with how the frame was made.</summary>
    public void Same(SuperFrame sent)
    {
        _sent++;
        DropReason reason = transmit.Send(sent.Header, sent.Frame);
        if (!pair.TryWrite(sent.Header, sent.Frame))
            throw Failure("the kernel takes all that the source makes, but not this", sent, reason);
        int expected = transmit.Ready.Count, compared = 0;
        while (pair.TryTake(isExpected: compared < expected, out VnetHeader theirs, out ReadOnlySpan<byte> frame))
        {
            using Packet? ours = transmit.Ready.Dequeue();
            if (ours is null)
                throw Failure($"the kernel makes more than our {expected} frames", sent, reason);
            if (Difference(theirs with { HeaderLength = 0 }, frame, ours) is { } difference)
                throw Failure($"frame {compared + 1}: {difference}", sent, reason);
            Count(theirs);
            compared++;
        }
        if (compared != expected)
            throw Failure($"the kernel makes {compared} frames, we make {expected}", sent, reason);
        if (compared == 0)
            throw Failure("the kernel delivers all that the source makes, but not this", sent, reason);
    }

    /// <param name="header">The kernel's, without the hint of how many bytes the headers have, for which Linux takes what happens to be linear.</param>
    /// <param name="frame">The kernel's.</param>
    /// <param name="packet">Ours.</param>
    internal static string? Difference(in VnetHeader header, ReadOnlySpan<byte> frame, Packet packet)
    {
        VnetHeader ours = TapTransmit.Deliver(packet);
        if (header != ours)
            return $"the kernel says {header}, we say {ours}";
        if (frame.Length != packet.Length)
            return $"the kernel's has {frame.Length} bytes, ours {packet.Length}";
        int start = 0;
        foreach (PageFragment part in packet.Parts)
        {
            int common = frame.Slice(start, part.Length).CommonPrefixLength(part.Span);
            if (common < part.Length)
                return $"byte {start + common}: the kernel's {Some(frame[(start + common)..])}, ours {Some(part.Span[common..])}";
            start += part.Length;
        }
        return null;
    }

    private static string Some(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes[..Math.Min(8, bytes.Length)]);

    private void Count(in VnetHeader header)
    {
        if (header.GsoSize != 0)
            _superFrames++;
        else if ((header.Flags & VnetHeader.NeedsChecksum) != 0)
            _owed++;
        else
            _others++;
    }

    private XunitException Failure(string difference, SuperFrame sent, DropReason reason) =>
        new($"{difference}\n{what}, round {_sent - 1}, reason {reason}: {sent.Description}, {sent.Header}");
}
