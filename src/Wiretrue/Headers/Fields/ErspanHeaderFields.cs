using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of an ERSPAN header of type II or III as a value.</summary>
/// <param name="Version">1 for type II, 2 for type III (<c>ver</c>).</param>
/// <param name="SessionId">Session, 0 to 1023.</param>
/// <remarks>draft-foschiano-erspan 4.2 and 4.3; <see cref="ErspanHeader"/> shows where they lie. What the type does not have is not written.</remarks>
public readonly record struct ErspanHeaderFields(int Version, ushort SessionId) : IHeaderFields<ErspanHeaderFields>
{
    /// <inheritdoc cref="ErspanHeader.VlanId"/>
    public ushort VlanId { get; init; }

    /// <inheritdoc cref="ErspanHeader.ClassOfService"/>
    public byte ClassOfService { get; init; }

    /// <inheritdoc cref="ErspanHeader.Tagging"/>
    public ErspanTagging Tagging { get; init; }

    /// <inheritdoc cref="ErspanHeader.FrameState"/>
    public ErspanFrameState FrameState { get; init; }

    /// <inheritdoc cref="ErspanHeader.IsTruncated"/>
    public bool IsTruncated { get; init; }

    /// <inheritdoc cref="ErspanHeader.Index"/>
    public int Index { get; init; }

    /// <inheritdoc cref="ErspanHeader.Timestamp"/>
    public uint Timestamp { get; init; }

    /// <inheritdoc cref="ErspanHeader.SecurityGroupTag"/>
    public ushort SecurityGroupTag { get; init; }

    /// <inheritdoc cref="ErspanHeader.IsEthernetProtocol"/>
    public bool IsEthernetProtocol { get; init; }

    /// <inheritdoc cref="ErspanHeader.FrameType"/>
    public int FrameType { get; init; }

    /// <inheritdoc cref="ErspanHeader.HardwareId"/>
    public byte HardwareId { get; init; }

    /// <inheritdoc cref="ErspanHeader.IsEgress"/>
    public bool IsEgress { get; init; }

    /// <inheritdoc cref="ErspanHeader.Granularity"/>
    public byte Granularity { get; init; }

    /// <inheritdoc cref="ErspanHeader.HasPlatform"/>
    public bool HasPlatform { get; init; }

    /// <inheritdoc cref="ErspanHeader.Platform"/>
    public ulong Platform { get; init; }

    /// <inheritdoc/>
    public int Size => Version != 2 ? ErspanHeader.TypeIISize : ErspanHeader.TypeIIISize + (HasPlatform ? ErspanHeader.PlatformSize : 0);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out ErspanHeaderFields fields)
    {
        bool fits = ErspanHeader.TryCreate(bytes, out ErspanHeader header);
        fields = !fits ? default : new ErspanHeaderFields(header.Version, header.SessionId)
        {
            VlanId = header.VlanId,
            ClassOfService = header.ClassOfService,
            Tagging = header.Tagging,
            FrameState = header.FrameState,
            IsTruncated = header.IsTruncated,
            Index = header.Index,
            Timestamp = header.Timestamp,
            SecurityGroupTag = header.SecurityGroupTag,
            IsEthernetProtocol = header.IsEthernetProtocol,
            FrameType = header.FrameType,
            HardwareId = header.HardwareId,
            IsEgress = header.IsEgress,
            Granularity = header.Granularity,
            HasPlatform = header.HasPlatform,
            Platform = header.Platform,
        };
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        bool isTypeIII = Version == 2;
        int marks = isTypeIII ? (int)FrameState : (int)Tagging;
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)((isTypeIII ? 0x2000 : 0x1000) | (VlanId & 0x0FFF)));
        int session = ((ClassOfService & 7) << 13) | ((marks & 3) << 11) | (IsTruncated ? 0x0400 : 0) | (SessionId & 0x03FF);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)session);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], isTypeIII ? Timestamp : (uint)Index & 0xFFFFF);
        if (!isTypeIII)
            return;
        BinaryPrimitives.WriteUInt16BigEndian(destination[8..], SecurityGroupTag);
        int last = (IsEthernetProtocol ? 0x8000 : 0) | ((FrameType & 0x1F) << 10) | ((HardwareId & 0x3F) << 4)
            | (IsEgress ? 8 : 0) | ((Granularity & 3) << 1) | (HasPlatform ? 1 : 0);
        BinaryPrimitives.WriteUInt16BigEndian(destination[10..], (ushort)last);
        if (HasPlatform)
            BinaryPrimitives.WriteUInt64BigEndian(destination[ErspanHeader.TypeIIISize..], Platform);
    }
}
