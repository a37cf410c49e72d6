using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>An ICMP or ICMPv6 echo request (RFC 792, RFC 4443): the latter's checksum counts the pseudo-header.</summary>
/// <param name="IsV6">ICMPv6.</param>
public sealed record PlainIcmp(bool IsV6) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 8;

    /// <inheritdoc/>
    public override byte Protocol => IsV6 ? (byte)58 : (byte)1;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        byte[] message = Join([IsV6 ? (byte)128 : (byte)8, 0, 0, 0, 0, 1, 0, 1], content);
        ushort pseudo = IsV6 ? place.Network!.PseudoSum(58, message.Length) : (ushort)0;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), PlainSum.Checksum(message, pseudo));
        return message;
    }
}
