using System.Runtime.CompilerServices;

namespace Wiretrue.Captures.Inference;

/// <summary>What the first pass found about one packet. Kept for each packet of a window, so it is small.</summary>
public struct PacketVerdict
{
    /// <summary>How many transport headers inside each other are looked at; those deeper down pass unseen.</summary>
    public const int MaxTransports = 4;

    private ChecksumArray _transports;

    /// <summary>How many transport headers were looked at, fragments excluded.</summary>
    public byte Transports { readonly get; internal set; }

    /// <summary>The header checksum of the outermost IPv4 header: <see cref="ChecksumVerdict.Good"/>, Zero, Bad, Unverifiable or None.</summary>
    public ChecksumVerdict IPv4Header { readonly get; internal set; }

    /// <summary>What else was seen.</summary>
    public VerdictFlags Flags { readonly get; internal set; }

    /// <summary>IPv4: how far the flow's next packet is ahead in the identification field; 0 when not known.</summary>
    public ushort IdentificationGap { readonly get; internal set; }

    /// <summary>Bytes of payload behind the innermost TCP or UDP header, as the lengths on the wire say.</summary>
    public int PayloadLength { readonly get; internal set; }

    /// <summary>Nothing is owed and nothing is wrong: the packet is what the wire carried.</summary>
    public readonly bool IsTrue => (Flags & VerdictFlags.NeedsDecision) == 0;

    /// <summary>The checksum of the transport at <paramref name="level"/>, 0 being the outermost.</summary>
    public readonly ChecksumVerdict Transport(int level) => _transports[level];

    internal void SetTransport(int level, ChecksumVerdict verdict) => _transports[level] = verdict;

    [InlineArray(MaxTransports)]
    private struct ChecksumArray
    {
        private ChecksumVerdict _first;
    }
}
