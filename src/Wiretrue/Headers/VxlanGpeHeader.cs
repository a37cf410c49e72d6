namespace Wiretrue.Headers;

/// <summary>A VXLAN header with the generic protocol extension, read in place (<c>struct vxlanhdr_gpe</c>, net/vxlan.h).</summary>
/// <remarks>
/// draft-ietf-nvo3-vxlan-gpe 3.
/// <code>
///   0                1 .. 2       3             4 .. 6     7
///   +-+-+---+-+-+-+-++----------+---------------+----------+----------+
///   | | |ver|I|P|B|O|| reserved | next protocol | VNI      | reserved |
///   +-+-+---+-+-+-+-++----------+---------------+----------+----------+
/// </code>
/// </remarks>
public readonly ref struct VxlanGpeHeader
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 8;

    private const byte VniValid = 0x08;
    private const byte NextProtocolValid = 0x04;
    private const byte Control = 0x01;
    private const byte Version = 0x30;

    private readonly ReadOnlySpan<byte> _bytes;

    private VxlanGpeHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Network identifier, 24 bits.</summary>
    public int NetworkIdentifier => (_bytes[4] << 16) | (_bytes[5] << 8) | _bytes[6];

    /// <summary>It says what follows (<c>np_applied</c>).</summary>
    public bool HasNextProtocol => (_bytes[0] & NextProtocolValid) != 0;

    /// <summary>A packet of the tunnel's own (<c>oam_flag</c>).</summary>
    public bool IsControl => (_bytes[0] & Control) != 0;

    /// <summary>What follows (<c>next_protocol</c>): 1 IPv4, 2 IPv6, 3 Ethernet, 4 NSH, 5 MPLS; Ethernet when it is not in use.</summary>
    public byte NextProtocol => (_bytes[0] & NextProtocolValid) != 0 ? _bytes[3] : (byte)3;

    /// <summary>False when <paramref name="bytes"/> are fewer than <see cref="Size"/>, or of another version, or without a VNI.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out VxlanGpeHeader header)
    {
        bool fits = bytes.Length >= Size && (bytes[0] & (VniValid | Version)) == VniValid && (bytes[1] | bytes[2] | bytes[7]) == 0;
        header = fits ? new VxlanGpeHeader(bytes[..Size]) : default;
        return fits;
    }

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.VxlanGpe, Size, out ReadOnlySpan<byte> bytes) || !cursor.Enter(LayerKind.VxlanGpe, Size, Size))
            return LayerKind.None;
        return TunnelProtocolDispatch.Next(new VxlanGpeHeader(bytes).NextProtocol);
    }
}
