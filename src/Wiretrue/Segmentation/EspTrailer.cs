using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>Puts the trailer behind what an ESP carries (<c>esp_output_fill_trailer</c>, net/ipv4/esp4.c).</summary>
/// <remarks>
/// RFC 4303 2.4 to 2.8.
/// <code>
///   [ IP │ ESP │ IV │ payload ][ 1 2 3 ... │ pad length │ next header │ check value ]
///                   └─────────── encrypted ───────────────────────────┘  room, all 0
///                              a whole number of blocks
/// </code>
/// </remarks>
public static class EspTrailer
{
    private const int FixedLength = 2;
    private const int SmallestBlock = 4;
    private const int LargestPadding = byte.MaxValue;

    /// <summary>
    /// Appends padding, its length, the next header and room for the check value, and counts them in the IP header. Encryption and check
    /// value are the caller's then; with null encryption and no integrity (RFC 2410) the packet is complete. It owes nothing afterwards.
    /// </summary>
    /// <param name="packet">A packet, not a super-frame, with <see cref="OffloadState.EspNextHeader"/> and no checksum owed.</param>
    /// <param name="blockSize">Bytes that the cipher works on at once, a power of two; less than 4 is taken for 4.</param>
    /// <param name="checkValueLength">Bytes of the check value (ICV).</param>
    /// <returns>False, and nothing changed, when there is no ESP, or the packet would be longer than IP can say.</returns>
    /// <exception cref="InvalidOperationException">The packet is a super-frame, or owes no encryption, or owes a checksum.</exception>
    public static bool TryAppend(Packet packet, int blockSize, int checkValueLength)
    {
        ArgumentNullException.ThrowIfNull(packet);
        ArgumentOutOfRangeException.ThrowIfNegative(checkValueLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blockSize, LargestPadding);
        OffloadState offload = packet.Offload;
        if (offload.IsGso || offload.EspNextHeader == 0 || offload.Checksum == ChecksumState.Partial)
            Throw.InvalidOperation("The trailer follows when everything inside is done: segments cut, checksums complete.");
        packet.Walk();
        if (packet.MissingTail > 0 || !EspLayout.TryExtend(packet, out int esp))
            return false;

        ref PacketLayout layout = ref packet.Layout;
        Layer network = layout[layout.OuterNetwork];
        for (int i = 0; layout[i].Kind != LayerKind.Esp; i++)
            network = layout[i].IsNetwork ? layout[i] : network;
        packet.IsWalked = false;
        int content = packet.Length - esp - EspHeader.Size - offload.EspIVLength;
        int block = Math.Max(blockSize, SmallestBlock);
        int padding = -(content + FixedLength) & (block - 1);
        int length = padding + FixedLength + checkValueLength;
        if (packet.Length + length - network.Offset > ushort.MaxValue)
            return false;

        if (packet.Fragments.Length == Packet.MaxFragments || packet.FragmentList is not null)
            packet.Linearize();
        packet.EnsureWritable(network.ContentOffset);
        Page page = packet.Pool.RentPage(length);
        Span<byte> trailer = page.Bytes.AsSpan(0, length);
        trailer[(padding + FixedLength)..].Clear();
        for (int i = 0; i < padding; i++)
            trailer[i] = (byte)(i + 1);
        trailer[padding] = (byte)padding;
        trailer[padding + 1] = (byte)offload.EspNextHeader;
        packet.AddFragment(page, 0, length);
        packet.Pool.Release(page);
        WriteLength(packet.Linear, network, packet.Length - network.Offset);
        packet.Offload = offload with { EspNextHeader = 0, EspIVLength = 0 };
        return true;
    }

    private static void WriteLength(Span<byte> packet, in Layer network, int length)
    {
        Span<byte> header = packet.Slice(network.Offset, network.HeaderLength);
        if (network.Kind == LayerKind.IPv6)
        {
            IPv6Header.SetPayloadLength(header, (ushort)(length - IPv6Header.Size));
            return;
        }
        IPv4Header.SetTotalLength(header, (ushort)length);
        IPv4Header.SetChecksum(header, 0);
        IPv4Header.SetChecksum(header, InternetChecksum.Hash(header));
    }
}
