using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of what ICMP and ICMPv6 messages begin with as a value.</summary>
/// <param name="Type">Type (<c>type</c>).</param>
/// <param name="Code">Code (<c>code</c>).</param>
/// <param name="Checksum">Checksum (<c>checksum</c>).</param>
/// <remarks>RFC 792, RFC 4443 2.1; <see cref="IcmpHeader"/> shows where they lie.</remarks>
public readonly record struct IcmpHeaderFields(byte Type, byte Code, ushort Checksum) : IHeaderFields<IcmpHeaderFields>
{
    /// <inheritdoc/>
    public int Size => IcmpHeader.Size;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out IcmpHeaderFields fields)
    {
        bool fits = IcmpHeader.TryCreate(bytes, out IcmpHeader header);
        fields = fits ? new IcmpHeaderFields(header.Type, header.Code, header.Checksum) : default;
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        destination[0] = Type;
        destination[1] = Code;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], Checksum);
    }
}
