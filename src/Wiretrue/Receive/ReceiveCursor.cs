using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive;

/// <summary>Where judging a packet stands: the layer, how far what carries it reaches, and what is known of its checksums.</summary>
/// <remarks>
/// <code>
///           Offset                        End           Packet.Length      Packet.OriginalLength
///   ---------+-----------------------------+--------------+ - - - - - - - - +
///    judged  | this layer and its content  | padding      :  not captured   |
///   ---------+-----------------------------+--------------+ - - - - - - - - +
/// </code>
/// The walk is lenient, and finds headers behind lengths that lie; here each length is held against what carries it, as a stack does.
/// </remarks>
internal ref struct ReceiveCursor
{
    private readonly ref PacketLayout _layout;

    public ReceiveCursor(Packet packet, ReceiveOptions options)
    {
        packet.Walk();
        Packet = packet;
        Options = options;
        _layout = ref packet.Layout;
        End = packet.OriginalLength;
        Checksums = LayerChecksums.Of(packet);
    }

    public Packet Packet { get; }

    public ReceiveOptions Options { get; }

    /// <summary>What is known of the checksums from here on.</summary>
    public LayerChecksums Checksums;

    /// <summary>Which layer it is about.</summary>
    public int Index;

    /// <summary>One past the last byte that is the layer's, by all lengths so far.</summary>
    public int End { get; set; }

    /// <summary>What was done for the layer, for who looks on; the last thing, where there are several.</summary>
    public ReceiveStep Step { get; set; }

    /// <summary>The headers.</summary>
    public readonly ref PacketLayout Layout => ref _layout;

    /// <summary>Where the layer begins.</summary>
    public readonly int Offset => _layout[Index].Offset;

    /// <summary>Bytes from the layer's first to <see cref="End"/>.</summary>
    public readonly int Length => End - Offset;

    /// <summary>The bytes of the layer that are linear: its header at least, as the walk found it.</summary>
    public readonly ReadOnlySpan<byte> Bytes => Packet.Linear[Offset..];

    /// <summary>It is a card that judges, not a stack.</summary>
    public bool IsCard { get; init; }

    /// <summary>Of a VLAN tag, priority, drop bit and number (<c>vlan_tci</c>).</summary>
    public readonly ushort Tci => BinaryPrimitives.ReadUInt16BigEndian(Bytes);

    /// <summary>Another header follows, which is not just payload.</summary>
    public readonly bool CarriesHeader => Index + 1 < _layout.Count && _layout[Index + 1].Kind is not (LayerKind.Payload or LayerKind.Fragment);

    /// <summary>
    /// Leaves behind what is not the layer's; false when the field of a checksum that is owed would be left behind with it.
    /// </summary>
    public bool TryTrim(int end)
    {
        bool isLost = end < Math.Min(End, Packet.Length) && Checksums.IsOwedBeyond(Offset, end);
        End = end;
        return !isLost;
    }

    /// <summary>
    /// Judges the Internet checksum of the layer, up to <paramref name="end"/>, with the pseudo-header of the network layer around it. Where bytes
    /// that it covers are missing nothing is judged, and there is no step.
    /// </summary>
    public bool Verify(int end)
    {
        int start = Offset;
        int protocol = TransportChecksum.ProtocolOf(_layout[Index].Kind);
        if (protocol == 0 || !Checksums.IsNeeded(start))
            return Verify(start, end, 0, 0);
        // The length that counts is that of the IP packet: of UDP-Lite no more than the coverage need be summed.
        int addresses = AddressesBefore();
        ushort pseudo = addresses != 0
            ? InternetChecksum.Fold((uint)Length + (ulong)protocol)
            : PseudoHeader.Sum(Packet.Linear, _layout, Index, Length);
        return Verify(start, end, addresses, pseudo);
    }

    /// <summary>As <see cref="Verify(int)"/>, for a checksum whose pseudo-header is not that of IP, or that has none.</summary>
    public bool Verify(int start, int end, int addresses, ushort pseudo)
    {
        bool isNeeded = Checksums.IsNeeded(start);
        if (isNeeded && end > Packet.Length)
            return true;
        bool wasTrusted = Checksums.Trusted > 0;
        bool hadOwnSum = Checksums.IsOwnSum;
        bool hadFault = Checksums.HasDeviceFault;
        bool isGood = Checksums.Validate(Packet, start, end, addresses, pseudo);
        if (!isNeeded)
            Step = wasTrusted ? ReceiveStep.Trusted : ReceiveStep.Owed;
        else if (Checksums.HasDeviceFault && !hadFault)
            Step = ReceiveStep.SummedAnew;
        else
            Step = hadOwnSum || !Checksums.IsOwnSum ? ReceiveStep.SumFits : ReceiveStep.Summed;
        return isGood;
    }

    /// <summary>Bytes of addresses right before the layer; 0 when something is between, options or extension headers.</summary>
    private readonly int AddressesBefore()
    {
        ref readonly Layer before = ref _layout[Index - 1];
        return before.Kind switch
        {
            LayerKind.IPv4 when before.HeaderLength == IPv4Header.MinimumSize => 8,
            LayerKind.IPv6 => 32,
            _ => 0,
        };
    }
}
