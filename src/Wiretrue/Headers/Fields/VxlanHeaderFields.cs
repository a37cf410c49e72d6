using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of a VXLAN header as a value.</summary>
/// <param name="NetworkIdentifier">Network identifier, 24 bits.</param>
/// <remarks>RFC 7348 5; <see cref="VxlanHeader"/> shows where they lie.</remarks>
public readonly record struct VxlanHeaderFields(int NetworkIdentifier) : IHeaderFields<VxlanHeaderFields>
{
    private const uint VniValid = 0x08000000;
    private const uint GroupPolicy = 0x80000000;
    private const uint RemoteChecksum = 0x00200000;
    private const uint Learning = 0x00400000;
    private const uint Applied = 0x00080000;
    private const uint RemoteUdp = 0x80;

    /// <summary>The group policy extension is in use.</summary>
    public bool HasGroupPolicy { get; init; }

    /// <summary>Group of the sender; counts only with <see cref="HasGroupPolicy"/>, as the next two.</summary>
    public ushort GroupPolicyId { get; init; }

    /// <summary>The sender's address is not to be learnt.</summary>
    public bool DontLearn { get; init; }

    /// <summary>The policy was applied already.</summary>
    public bool IsPolicyApplied { get; init; }

    /// <summary>Remote checksum offload is in use.</summary>
    public bool HasRemoteChecksum { get; init; }

    /// <summary>
    /// Where the checksum left to the receiver is summed from, in bytes from the header's end: even, 0 to 254. Counts only with
    /// <see cref="HasRemoteChecksum"/>, as the next.
    /// </summary>
    public int RemoteChecksumStart { get; init; }

    /// <summary>That checksum is UDP's, not TCP's.</summary>
    public bool RemoteChecksumIsUdp { get; init; }

    /// <inheritdoc/>
    public int Size => VxlanHeader.Size;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out VxlanHeaderFields fields)
    {
        bool fits = VxlanHeader.TryCreate(bytes, out VxlanHeader header);
        fields = !fits ? default : new VxlanHeaderFields(header.NetworkIdentifier)
        {
            HasGroupPolicy = header.HasGroupPolicy,
            GroupPolicyId = header.GroupPolicyId,
            DontLearn = header.DontLearn,
            IsPolicyApplied = header.IsPolicyApplied,
            HasRemoteChecksum = header.HasRemoteChecksum,
            RemoteChecksumStart = header.RemoteChecksumStart,
            RemoteChecksumIsUdp = header.RemoteChecksumOffset - header.RemoteChecksumStart == UdpHeader.ChecksumOffset,
        };
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        uint flags = VniValid;
        if (HasGroupPolicy)
            flags |= GroupPolicy | (DontLearn ? Learning : 0) | (IsPolicyApplied ? Applied : 0) | GroupPolicyId;
        uint network = (uint)NetworkIdentifier << 8;
        if (HasRemoteChecksum)
        {
            flags |= RemoteChecksum;
            network |= (RemoteChecksumIsUdp ? RemoteUdp : 0) | ((uint)RemoteChecksumStart >> 1 & 0x7F);
        }
        BinaryPrimitives.WriteUInt32BigEndian(destination, flags);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], network);
    }
}
