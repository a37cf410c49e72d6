using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of a TCP header as a value; what follows them stays bytes.</summary>
/// <param name="SourcePort">Source port (<c>source</c>).</param>
/// <param name="DestinationPort">Destination port (<c>dest</c>).</param>
/// <param name="Sequence">Sequence number (<c>seq</c>).</param>
/// <param name="Acknowledgment">Acknowledgment number (<c>ack_seq</c>).</param>
/// <param name="HeaderLength">Bytes of header and options: 20 to 60.</param>
/// <param name="Flags">The flags.</param>
/// <param name="Window">Window, not scaled (<c>window</c>).</param>
/// <param name="Checksum">Checksum (<c>check</c>).</param>
/// <param name="UrgentPointer">Urgent pointer (<c>urg_ptr</c>).</param>
/// <remarks>RFC 9293 3.1; <see cref="TcpHeader"/> shows where they lie.</remarks>
public readonly record struct TcpHeaderFields(
    ushort SourcePort, ushort DestinationPort, uint Sequence, uint Acknowledgment, int HeaderLength,
    TcpFlags Flags, ushort Window, ushort Checksum, ushort UrgentPointer)
    : IHeaderFields<TcpHeaderFields>
{
    /// <inheritdoc/>
    public int Size => TcpHeader.MinimumSize;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TcpHeaderFields fields)
    {
        bool fits = TcpHeader.TryCreate(bytes, out TcpHeader header);
        fields = !fits ? default : new TcpHeaderFields(
            header.SourcePort, header.DestinationPort, header.Sequence, header.Acknowledgment, header.HeaderLength,
            header.Flags, header.Window, header.Checksum, header.UrgentPointer);
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        BinaryPrimitives.WriteUInt16BigEndian(destination, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], DestinationPort);
        TcpHeader.SetSequence(destination, Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], Acknowledgment);
        destination[12] = (byte)(HeaderLength << 2);
        TcpHeader.SetFlags(destination, Flags);
        BinaryPrimitives.WriteUInt16BigEndian(destination[14..], Window);
        TcpHeader.SetChecksum(destination, Checksum);
        BinaryPrimitives.WriteUInt16BigEndian(destination[18..], UrgentPointer);
    }
}
