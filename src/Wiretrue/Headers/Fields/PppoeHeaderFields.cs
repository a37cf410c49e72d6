using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of a PPPoE session header as a value.</summary>
/// <param name="SessionId">Session (<c>sid</c>).</param>
/// <param name="Length">Bytes of PPP protocol and content.</param>
/// <param name="Protocol">PPP protocol.</param>
/// <remarks>RFC 2516 4; <see cref="PppoeHeader"/> shows where they lie.</remarks>
public readonly record struct PppoeHeaderFields(ushort SessionId, ushort Length, ushort Protocol) : IHeaderFields<PppoeHeaderFields>
{
    /// <inheritdoc/>
    public int Size => PppoeHeader.Size;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out PppoeHeaderFields fields)
    {
        bool fits = PppoeHeader.TryCreate(bytes, out PppoeHeader header);
        fields = fits ? new PppoeHeaderFields(header.SessionId, header.Length, header.Protocol) : default;
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        destination[0] = 0x11;
        destination[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], SessionId);
        PppoeHeader.SetLength(destination, Length);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], Protocol);
    }
}
