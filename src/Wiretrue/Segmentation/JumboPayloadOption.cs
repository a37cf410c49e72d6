using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>
/// Takes the jumbo payload option of a BIG TCP super-frame out: no segment is that long (<c>ipv6_hopopt_jumbo_remove</c>).
/// </summary>
/// <remarks>
/// RFC 2675 2. Linux puts the option into a hop-by-hop header of its own, 8 bytes long, which goes; among other options it becomes padding.
/// <code>
///  +-------------+------------+-----------+------------+-------------------------+
///  | next header | length (0) | type 0xC2 | length (4) | jumbo payload length    |
///  +-------------+------------+-----------+------------+-------------------------+
/// </code>
/// </remarks>
internal static class JumboPayloadOption
{
    private const byte PadN = 0x01;
    private const byte JumboLength = 4;
    private const int OptionHeader = 2;
    private const int OwnHeader = 8;

    /// <summary>Takes the first such option out; the packet must be walked again then. False when there is none.</summary>
    public static bool TryTakeOut(Packet packet)
    {
        ref PacketLayout layout = ref packet.Layout;
        for (int i = 1; i < layout.Count; i++)
        {
            Layer layer = layout[i];
            if (layer.Kind != LayerKind.IPv6HopByHop || layout[i - 1].Kind != LayerKind.IPv6)
                continue;
            // A clone shares the headers' bytes, and keeps its option.
            if (packet.IsShared)
                packet.EnsureWritable(layer.ContentOffset);
            Span<byte> header = packet.Linear.Slice(layer.Offset, layer.HeaderLength);
            int option = Find(header);
            if (option < 0)
                continue;
            if (layer.HeaderLength == OwnHeader)
            {
                IPv6Header.SetNextHeader(packet.Linear[layout[i - 1].Offset..], (IPProtocol)header[0]);
                packet.Linear[..layer.Offset].CopyTo(packet.Linear[OwnHeader..]);
                packet.Pull(OwnHeader);
            }
            else
            {
                header[option] = PadN;
                header.Slice(option + OptionHeader, JumboLength).Clear();
            }
            packet.IsWalked = false;
            return true;
        }
        return false;
    }

    private static int Find(ReadOnlySpan<byte> header)
    {
        int offset = OptionHeader;
        while (offset + OptionHeader <= header.Length)
        {
            byte type = header[offset];
            bool isWhole = offset + OptionHeader + JumboLength <= header.Length;
            if (type == IPv6Option.JumboPayload && header[offset + 1] == JumboLength && isWhole)
                return offset;
            offset += type == IPv6Option.Pad1 ? 1 : OptionHeader + header[offset + 1];
        }
        return -1;
    }
}
