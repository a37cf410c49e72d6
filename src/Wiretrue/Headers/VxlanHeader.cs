using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>A VXLAN header, read in place (<c>struct vxlanhdr</c>, net/vxlan.h), with Linux's group policy and remote checksum bits.</summary>
/// <remarks>
/// RFC 7348 5; draft-smith-vxlan-group-policy; draft-herbert-vxlan-rco.
/// <code>
///   0                1               2 .. 3       4 .. 6     7
///   +-+-+-+-+-+-+-+-++-+-+-+-+-+-+-+-+-----------+----------+-------------+
///   |G| | | |I| | | || |D|C| |A| | | | group id  | VNI      |U| RCO start |
///   +-+-+-+-+-+-+-+-++-+-+-+-+-+-+-+-+-----------+----------+-------------+
/// </code>
/// D, A and the group are only with G, U and the start (in units of 2 bytes) only with C.
/// </remarks>
public readonly ref struct VxlanHeader
{
    /// <summary>Bytes of the header (<c>VXLAN_HLEN</c> less UDP).</summary>
    public const int Size = 8;

    private const byte VniValid = 0x08;
    private const byte GroupPolicy = 0x80;
    private const byte RemoteChecksum = 0x20;
    private const byte Learning = 0x40;
    private const byte Applied = 0x08;
    private const byte PolicyBits = Learning | Applied;
    private const byte RemoteUdp = 0x80;
    private const byte RemoteStart = 0x7F;

    private readonly ReadOnlySpan<byte> _bytes;

    private VxlanHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Network identifier, 24 bits (<c>VXLAN_VNI_MASK</c>).</summary>
    public int NetworkIdentifier => (_bytes[4] << 16) | (_bytes[5] << 8) | _bytes[6];

    /// <summary>The group policy extension is in use (<c>VXLAN_HF_GBP</c>).</summary>
    public bool HasGroupPolicy => (_bytes[0] & GroupPolicy) != 0;

    /// <summary>Remote checksum offload is in use (<c>VXLAN_HF_RCO</c>).</summary>
    public bool HasRemoteChecksum => (_bytes[1] & RemoteChecksum) != 0;

    /// <summary>Group of the sender (<c>VXLAN_GBP_ID_MASK</c>); 0 without group policy.</summary>
    public ushort GroupPolicyId => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The sender's address is not to be learnt (<c>VXLAN_GBP_DONT_LEARN</c>).</summary>
    public bool DontLearn => (_bytes[1] & Learning) != 0;

    /// <summary>The policy was applied already (<c>VXLAN_GBP_POLICY_APPLIED</c>).</summary>
    public bool IsPolicyApplied => (_bytes[1] & Applied) != 0;

    /// <summary>
    /// Where the checksum left to the receiver is summed from, in bytes from this header's end: an even number up to 254
    /// (<c>VXLAN_RCO_MASK</c>); 0 without remote checksum offload.
    /// </summary>
    public int RemoteChecksumStart => (_bytes[7] & RemoteStart) << 1;

    /// <summary>
    /// Where that checksum's field is, in bytes from this header's end: UDP's if the header says so (<c>VXLAN_RCO_UDP</c>), else TCP's; 0
    /// without remote checksum offload.
    /// </summary>
    public int RemoteChecksumOffset => !HasRemoteChecksum
        ? 0
        : RemoteChecksumStart + ((_bytes[7] & RemoteUdp) != 0 ? UdpHeader.ChecksumOffset : TcpHeader.ChecksumOffset);

    /// <summary>False when <paramref name="bytes"/> are fewer than <see cref="Size"/>, or a bit is set that no known extension uses.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out VxlanHeader header)
    {
        bool fits = bytes.Length >= Size && IsPossible(bytes);
        header = fits ? new VxlanHeader(bytes[..Size]) : default;
        return fits;
    }

    internal static LayerKind Read(ref HeaderCursor cursor) =>
        cursor.TryPeek(LayerKind.Vxlan, Size, out _) && cursor.Enter(LayerKind.Vxlan, Size, Size) ? LayerKind.Ethernet : LayerKind.None;

    /// <summary>Linux drops headers with unknown bits (<c>vxlan_rcv</c>), so they are not VXLAN to it either.</summary>
    private static bool IsPossible(ReadOnlySpan<byte> bytes)
    {
        bool policy = (bytes[0] & GroupPolicy) != 0;
        bool remote = (bytes[1] & RemoteChecksum) != 0;
        return (bytes[0] & ~GroupPolicy) == VniValid
            && (bytes[1] & ~(RemoteChecksum | (policy ? PolicyBits : 0))) == 0
            && (policy || (bytes[2] | bytes[3]) == 0)
            && (remote || bytes[7] == 0);
    }
}
