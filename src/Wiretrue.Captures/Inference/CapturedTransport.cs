using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Wiretrue.Checksums;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Inference;

/// <summary>One transport header of a captured packet, for looking at its checksum.</summary>
internal readonly ref struct CapturedTransport
{
    private readonly ReadOnlySpan<byte> _packet;
    private readonly ref readonly PacketLayout _layout;

    /// <summary>The layer, in its layout.</summary>
    public readonly ref readonly Layer Layer;

    /// <summary>Looks at one layer.</summary>
    /// <param name="packet">The captured bytes.</param>
    /// <param name="layout">Their walk.</param>
    /// <param name="index">Index of the transport layer.</param>
    public CapturedTransport(ReadOnlySpan<byte> packet, ref readonly PacketLayout layout, int index)
    {
        _packet = packet;
        _layout = ref layout;
        Index = index;
        Layer = ref layout[index];
    }

    /// <summary>Index of the layer.</summary>
    public int Index { get; }

    /// <summary>Where the checksum is, in bytes from the packet's first.</summary>
    public int FieldOffset => Layer.Offset + TransportChecksum.FieldOffset(Layer.Kind);

    /// <summary>The checksum as captured; readable when <see cref="HasField"/>.</summary>
    public ushort Field => BinaryPrimitives.ReadUInt16BigEndian(_packet[FieldOffset..]);

    /// <summary>The field was captured, and lies inside the layer.</summary>
    public bool HasField
    {
        get
        {
            int end = FieldOffset + (Layer.Kind == LayerKind.Sctp ? 4 : 2);
            return end <= _packet.Length && end <= Layer.End;
        }
    }

    /// <summary>All covered bytes were captured, and no length contradicts another.</summary>
    public bool IsWhole
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Layer.End <= _packet.Length && (!_layout.Fault.IsFault || !FaultSpoils(_layout.Fault));
    }

    /// <summary>The pseudo-header sum; without the length when <paramref name="withLength"/> is false.</summary>
    /// <returns>0 for protocols that have no pseudo-header.</returns>
    public ushort PseudoSum(bool withLength)
    {
        if (Layer.Kind is not (LayerKind.Tcp or LayerKind.Udp or LayerKind.IcmpV6))
            return 0;
        ushort sum = PseudoHeader.Sum(_packet, in _layout, Index, 0);
        return withLength ? WithLength(sum) : sum;
    }

    /// <summary>Adds the upper-layer length to a pseudo-header sum that lacks it: 32 bits of it, for BIG TCP.</summary>
    public ushort WithLength(ushort pseudoSum) => InternetChecksum.Fold((ulong)pseudoSum + (uint)Layer.Length);

    /// <summary>The sum over the layer; call only when <see cref="IsWhole"/>.</summary>
    public ushort Sum() => InternetChecksum.Sum(_packet.Slice(Layer.Offset, Layer.Length));

    // A fault further inside leaves this layer's own lengths true; so does having captured too little of it, which the length tells. A
    // datagram says its own length, so a lying length around it leaves open nothing.
    private bool FaultSpoils(in PacketFault fault) =>
        fault.Kind is FaultKind.TooLong or FaultKind.TooShort or FaultKind.Malformed
        && fault.Offset <= Layer.Offset
        && !(fault.Kind == FaultKind.TooLong && fault.Offset < Layer.Offset && Layer.LimitedBy == LengthSource.UdpLength);
}
