using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of a GTP-U header without optional fields as a value.</summary>
/// <param name="Length">Bytes after these 8 (<c>length</c>).</param>
/// <param name="TunnelEndpoint">Tunnel endpoint identifier (<c>tid</c>).</param>
/// <remarks>3GPP TS 29.281 5.1; <see cref="GtpUHeader"/> shows where they lie.</remarks>
public readonly record struct GtpUHeaderFields(ushort Length, uint TunnelEndpoint) : IHeaderFields<GtpUHeaderFields>
{
    /// <inheritdoc/>
    public int Size => GtpUHeader.MinimumSize;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out GtpUHeaderFields fields)
    {
        bool fits = GtpUHeader.TryCreate(bytes, out GtpUHeader header);
        fields = fits ? new GtpUHeaderFields(header.Length, header.TunnelEndpoint) : default;
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        destination[0] = 0x30;
        destination[1] = 0xFF;
        GtpUHeader.SetLength(destination, Length);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], TunnelEndpoint);
    }
}
