using System.Runtime.CompilerServices;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Inference;

/// <summary>What the first pass found about one packet. Kept for each packet of a window, so it is small: 20 bytes.</summary>
public struct PacketVerdict
{
    /// <summary>How many transport headers inside each other are looked at, the outermost first; those deeper down pass unseen.</summary>
    public const int MaxTransports = 4;

    private Four<CapturedChecksum> _checksums;
    private Four<LayerKind> _kinds;

    /// <summary>Bytes of payload behind the innermost TCP or UDP header, as the lengths on the wire say; 0 when there is none.</summary>
    public int PayloadLength { readonly get; internal set; }

    /// <summary>What else was seen.</summary>
    public VerdictFlags Flags { readonly get; internal set; }

    /// <summary>IPv4: how far the flow's next packet is ahead in the identification field; 0 when that is not known.</summary>
    public ushort IdentificationGap { readonly get; internal set; }

    /// <summary>How many transport headers were looked at.</summary>
    public byte Transports { readonly get; internal set; }

    /// <summary>
    /// The header checksum of the outermost IPv4 header: Good, Zero, Bad, Unverifiable, or None when there is no such header.
    /// </summary>
    public CapturedChecksum IPv4Header { readonly get; internal set; }

    /// <summary>Nothing is owed and nothing is wrong: the packet is what the wire carried.</summary>
    public readonly bool IsTrue => (Flags & VerdictFlags.NeedsDecision) == 0;

    /// <summary>
    /// All that is wrong is one partial checksum, by its field, on a packet that is whole: most packets of a host that offloads.
    /// </summary>
    internal readonly bool IsPlainPartial =>
        Flags == VerdictFlags.NeedsDecision && Transports == 1 && IPv4Header <= CapturedChecksum.Good
        && Checksum(0) == CapturedChecksum.Partial;

    /// <summary>The checksum of the transport at <paramref name="level"/>, 0 being the outermost.</summary>
    public readonly CapturedChecksum Checksum(int level) => _checksums[level];

    /// <summary>Which transport is at <paramref name="level"/>, 0 being the outermost.</summary>
    public readonly LayerKind Kind(int level) => _kinds[level];

    internal void Set(int level, LayerKind kind, CapturedChecksum verdict)
    {
        _kinds[level] = kind;
        _checksums[level] = verdict;
    }

    [InlineArray(MaxTransports)]
    private struct Four<T>
    {
        private T _first;
    }
}
