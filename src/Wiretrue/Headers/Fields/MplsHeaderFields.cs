using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of an MPLS label stack entry as a value.</summary>
/// <param name="Label">Label, 20 bits.</param>
/// <param name="TrafficClass">Traffic class, 0 to 7.</param>
/// <param name="IsBottom">The last entry of the stack.</param>
/// <param name="TimeToLive">Time to live.</param>
/// <remarks>RFC 3032 2.1; <see cref="MplsHeader"/> shows where they lie.</remarks>
public readonly record struct MplsHeaderFields(
    int Label, byte TrafficClass, bool IsBottom, byte TimeToLive)
    : IHeaderFields<MplsHeaderFields>
{
    /// <inheritdoc/>
    public int Size => MplsHeader.Size;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out MplsHeaderFields fields)
    {
        bool fits = MplsHeader.TryCreate(bytes, out MplsHeader header);
        fields = fits ? new MplsHeaderFields(header.Label, header.TrafficClass, header.IsBottom, header.TimeToLive) : default;
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        uint entry = ((uint)Label << 12) | ((TrafficClass & 7u) << 9) | (IsBottom ? 0x100u : 0) | TimeToLive;
        BinaryPrimitives.WriteUInt32BigEndian(destination, entry);
    }
}
