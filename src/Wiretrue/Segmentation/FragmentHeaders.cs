using System.Buffers.Binary;
using System.Security.Cryptography;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>The headers of a datagram's fragments: those that are repeated, and where in the datagram a fragment belongs.</summary>
/// <remarks>
/// IPv4 has a field for it (RFC 791 3.1): the three flags, and the offset in units of 8 bytes. In front of it is the identification, which
/// all fragments share. IPv6 gets a header of its own (RFC 8200 4.5), which is put in behind the last repeated one.
/// <code>
///   +--+--+--+----------------+      +------+----------+----------------+--+--+----------------+
///   | 0|DF|MF| offset / 8     |      | next | reserved | offset / 8     |  |M | identification |
///   +--+--+--+----------------+      +------+----------+----------------+--+--+----------------+
/// </code>
/// Linux clears don't-fragment, and so do we: it has been fragmented.
/// </remarks>
internal ref struct FragmentHeaders
{
    private const int IPv4FieldOffset = 6;
    private const int IPv6FieldOffset = 2;
    private const int IPv6IdentificationOffset = 4;
    private const int IPv6NextHeaderOffset = 6;
    private const ushort MoreFragmentsV4 = 0x2000;
    private const ushort MoreFragmentsV6 = 1;

    private readonly Span<byte> _template;
    private readonly int _field;
    private readonly bool _isIPv6;
    private CarrierHeaders _carrier;

    /// <summary>Copies the repeated headers into <paramref name="template"/>.</summary>
    public FragmentHeaders(Packet packet, in FragmentPlan plan, Span<byte> template)
    {
        _template = template;
        _isIPv6 = plan.IsIPv6;
        _carrier = new CarrierHeaders(packet, plan.Layers, template, keepsIdentification: true);
        Length = plan.CarrierLength;
        if (_isIPv6)
        {
            _field = Length + IPv6FieldOffset;
            Length += IPv6FragmentHeader.Size;
            Insert(packet.Layout[plan.Layers - 1], template[plan.CarrierLength..], packet.Offload.FragmentIdentification);
        }
        else
        {
            _field = packet.Layout[plan.Network].Offset + IPv4FieldOffset;
        }
    }

    /// <summary>Bytes of the repeated headers, a fragment header included.</summary>
    public int Length { get; }

    /// <summary>Makes the template one for a fragment.</summary>
    /// <param name="offset">Where it belongs, in bytes; a multiple of 8.</param>
    /// <param name="length">Bytes of the datagram in it.</param>
    /// <param name="isLast">No fragment follows.</param>
    public void Prepare(int offset, int length, bool isLast)
    {
        int value = _isIPv6 ? offset | (isLast ? 0 : MoreFragmentsV6) : (offset >> 3) | (isLast ? 0 : MoreFragmentsV4);
        BinaryPrimitives.WriteUInt16BigEndian(_template[_field..], (ushort)value);
        _carrier.Prepare(Length + length);
    }

    /// <inheritdoc cref="CarrierHeaders.Write"/>
    public readonly void Write(Span<byte> headers, int index) => _carrier.Write(headers, index);

    /// <inheritdoc cref="CarrierHeaders.WriteOuterChecksum"/>
    public readonly void WriteOuterChecksum(Span<byte> headers, ushort content, int contentLength) =>
        _carrier.WriteOuterChecksum(headers, content, contentLength);

    private readonly void Insert(in Layer before, Span<byte> fragment, uint identification)
    {
        int next = before.Offset + (before.Kind == LayerKind.IPv6 ? IPv6NextHeaderOffset : 0);
        fragment[..IPv6FragmentHeader.Size].Clear();
        fragment[0] = _template[next];
        _template[next] = (byte)IPProtocol.Fragment;
        while (identification == 0)
            identification = Draw();
        BinaryPrimitives.WriteUInt32BigEndian(fragment[IPv6IdentificationOffset..], identification);
    }

    /// <summary>One that nobody can guess, as Linux does: who knew the next could slip fragments in (RFC 7739 3).</summary>
    private static uint Draw()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
