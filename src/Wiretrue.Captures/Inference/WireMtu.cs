using System.Buffers.Binary;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Inference;

/// <summary>How large an IP packet the link can carry that a packet was captured on, when nobody says.</summary>
internal static class WireMtu
{
    /// <summary>Ethernet's, and that of nearly every link that is not a loopback.</summary>
    public const int Ethernet = 1500;

    /// <summary>Linux's loopback device (<c>LOOPBACK_MTU</c>); BSD's has 16384, and is not told apart: nothing is cut on either.</summary>
    public const int Loopback = 65536;

    private const ushort ArpHardwareLoopback = 772;

    /// <summary>The MTU in bytes of the link that <paramref name="packet"/> was captured on.</summary>
    public static int Of(ReadOnlySpan<byte> packet, LinkType linkType, in PacketLayout layout) =>
        IsLoopback(packet, linkType) || HasLoopbackAddress(packet, in layout) ? Loopback : Ethernet;

    private static bool IsLoopback(ReadOnlySpan<byte> packet, LinkType linkType) => linkType switch
    {
        LinkType.Null or LinkType.Loop => true,
        // Linux's loopback device makes Ethernet frames whose addresses are all zero.
        LinkType.Ethernet => packet.Length >= 12 && !packet[..12].ContainsAnyExcept((byte)0),
        LinkType.LinuxSll => packet.Length >= 4 && BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) == ArpHardwareLoopback,
        LinkType.LinuxSll2 => packet.Length >= 10 && BinaryPrimitives.ReadUInt16BigEndian(packet[8..]) == ArpHardwareLoopback,
        _ => false,
    };

    // Captures of raw IP have no link header to tell by.
    private static bool HasLoopbackAddress(ReadOnlySpan<byte> packet, in PacketLayout layout)
    {
        for (int i = 0; i < layout.Count; i++)
        {
            if (!layout[i].IsNetwork)
                continue;
            ReadOnlySpan<byte> header = packet[layout[i].Offset..];
            if (layout[i].Kind == LayerKind.IPv4)
                return header.Length >= 20 && (header[12] == 127 || header[16] == 127);
            return header.Length >= 40 && header[8..23].IndexOfAnyExcept((byte)0) < 0 && header[23] == 1;
        }
        return false;
    }
}
