using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Kernel;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>
/// What a capture's frames were owed, as the kernel said when they were captured: the same traffic recorded with the virtio-net header
/// (10 bytes) before each frame.
/// </summary>
public sealed class Truth
{
    private readonly Dictionary<string, VnetHeader> _headers = new(StringComparer.Ordinal);

    private Truth()
    {
    }

    /// <summary>Where a capture's truth lies; null when it has none.</summary>
    public static string? PathFor(string capture) =>
        Path.ChangeExtension(capture, ".vnethdr.pcap") is var path && File.Exists(path) ? path : null;

    /// <summary>Reads the truth.</summary>
    public static Truth Read(string path)
    {
        var truth = new Truth();
        foreach (PlainPacket packet in PlainCapture.Read(path))
            truth._headers[Convert.ToHexString(packet.Bytes.AsSpan(VnetHeader.LegacyLength))] = VnetHeader.Read(packet.Bytes);
        return truth;
    }

    /// <summary>
    /// What a frame was owed; null when it is not in the truth. A packet socket cannot say that a super-frame is in a tunnel: that is
    /// read from the frame.
    /// </summary>
    public VnetHeader? Of(PlainPacket packet)
    {
        return _headers.TryGetValue(Convert.ToHexString(packet.Bytes), out VnetHeader header) ? InTunnel(header, packet) : null;
    }

    /// <summary>Adds what a header must say of a super-frame in a UDP tunnel.</summary>
    public static VnetHeader InTunnel(in VnetHeader header, PlainPacket packet)
    {
        if (header.GsoSize == 0 || PlainWalk.Transports(packet) is not [var outer, var inner])
            return header;
        bool checksum = packet.Bytes[outer.Offset + 6] != 0 || packet.Bytes[outer.Offset + 7] != 0;
        bool outerIsIPv4 = packet.Bytes[outer.IPOffset] >> 4 == 4;
        return header with
        {
            Flags = (byte)(header.Flags | (checksum ? VnetHeader.UdpTunnelChecksum : 0)),
            GsoType = (byte)(header.GsoType | (outerIsIPv4 ? VnetHeader.GsoUdpTunnelV4 : VnetHeader.GsoUdpTunnelV6)),
            OuterTransportOffset = (ushort)outer.Offset,
            InnerNetworkOffset = (ushort)inner.IPOffset,
        };
    }
}
