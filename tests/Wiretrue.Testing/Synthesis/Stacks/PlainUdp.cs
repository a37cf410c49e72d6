namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>
/// A UDP header: a tunnel's, whose port is that of the protocol inside unless another is given, or the transport itself. With a checksum it holds the
/// pseudo-header's sum in a super-frame, and is right in segments; without one it stays zero.
/// </summary>
/// <param name="Fields">What it says; the checksum is there unless it is <see cref="FieldChecksum.Zero"/>.</param>
/// <param name="FixedPort">The destination port in front of whatever is inside: GUE's, when the IP header follows at once.</param>
public sealed record PlainUdp(UdpFields Fields, ushort? FixedPort = null) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 8;

    /// <inheritdoc/>
    public override byte Protocol => 17;

    /// <summary>True when the datagrams have a checksum.</summary>
    public bool HasChecksum => Fields.Checksum != FieldChecksum.Zero;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        bool isOwed = place.Segment is null || (place.Inside is null && place.IsRemoteChecksum);
        UdpFields fields = Fields with
        {
            DestinationPort = FixedPort ?? place.Inside?.Port ?? Fields.DestinationPort,
            Checksum = !HasChecksum ? FieldChecksum.Zero : isOwed ? FieldChecksum.Partial : FieldChecksum.Good,
            LengthField = content.Length + 8 > ushort.MaxValue ? 0 : null,
        };
        return Frames.UdpDatagram(place.Network!, fields, content);
    }
}
