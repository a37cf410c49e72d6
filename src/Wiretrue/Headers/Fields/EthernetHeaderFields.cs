namespace Wiretrue.Headers.Fields;

/// <summary>The fields of an Ethernet header as a value.</summary>
/// <param name="Destination">Destination address (<c>h_dest</c>), 48 bits.</param>
/// <param name="Source">Source address (<c>h_source</c>), 48 bits.</param>
/// <param name="EtherType">What follows (<c>h_proto</c>).</param>
/// <remarks>IEEE 802.3 3.2; <see cref="EthernetHeader"/> shows where they lie.</remarks>
public readonly record struct EthernetHeaderFields(
    ulong Destination, ulong Source, EtherType EtherType)
    : IHeaderFields<EthernetHeaderFields>
{
    /// <inheritdoc/>
    public int Size => EthernetHeader.Size;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out EthernetHeaderFields fields)
    {
        bool fits = EthernetHeader.TryCreate(bytes, out EthernetHeader header);
        fields = !fits ? default : new EthernetHeaderFields(
            AddressFields.ReadMac(header.Destination), AddressFields.ReadMac(header.Source), header.EtherType);
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        AddressFields.WriteMac(destination, Destination);
        AddressFields.WriteMac(destination[6..], Source);
        EthernetHeader.SetEtherType(destination, EtherType);
    }
}
