using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

/// <summary>Tunnels between two fixed addresses, and what comes out of them, for tests of one thing each.</summary>
internal static class TunnelFrames
{
    /// <summary>Where the header behind UDP begins, in a frame of these.</summary>
    public const int Behind = 14 + 20 + 8;

    public static PlainEthernet Frame { get; } = new();

    public static IPFields V4 { get; } = new IPv4Fields { DontFragment = false };

    public static IPFields V6 { get; } = new IPv6Fields();

    /// <summary>This end of a tunnel over IPv4 receives what <see cref="V4"/> sends.</summary>
    public static VxlanTunnel Vxlan { get; } = new() { Local = V4.Destination, Remote = V4.Source, Link = TunnelJudge.Link, NetworkIdentifier = 66 };

    public static GueTunnel Gue { get; } = new() { Local = V4.Destination, Remote = V4.Source, Link = TunnelJudge.Link };

    public static RemoteChecksumOptions Remote { get; } = new() { Transmit = true, Receive = true };

    /// <summary>What is inside: TCP in an Ethernet frame.</summary>
    public static PlainFrame Inner { get; } = new([Frame, new PlainIP(new IPv4Fields()), new PlainTcp(new TcpFields())], Frames.Payload(700));

    /// <summary>The same without its Ethernet header.</summary>
    public static PlainFrame BareInner { get; } = Inner with { Headers = [.. Inner.Headers.Skip(1)] };

    /// <summary>A frame as it comes, all checksums done but those that are left to the receiver.</summary>
    public static byte[] Received(IPFields ip, PlainHeader header, PlainFrame inner, FieldChecksum outer = FieldChecksum.Good) =>
        Around(ip, header, inner, outer).Segments(int.MaxValue / 2).Single();

    public static PlainFrame Around(IPFields ip, PlainHeader header, PlainFrame inner, FieldChecksum outer = FieldChecksum.Good) =>
        inner with { Headers = [Frame, new PlainIP(ip), new PlainUdp(new UdpFields { Checksum = outer }), header, .. inner.Headers] };

    /// <summary>The outer UDP checksum made good again after a byte was changed.</summary>
    public static byte[] Mended(byte[] frame, Action<byte[]> change)
    {
        byte[] changed = [.. frame];
        change(changed);
        changed.AsSpan(40, 2).Clear();
        ushort checksum = PlainSum.Checksum(changed.AsSpan(34), V4.PseudoSum(17, changed.Length - 34));
        changed[40] = (byte)(checksum >> 8);
        changed[41] = (byte)checksum;
        return changed;
    }

    /// <summary>Takes a frame out of a tunnel; when it is refused, nothing of it may have changed.</summary>
    public static Decapsulation Open(Tunnel tunnel, byte[] frame, OffloadState state = default)
    {
        using var pool = new PacketPool { TrackOwners = false };
        Packet packet = pool.Rent(frame, state);
        Decapsulation result = tunnel.CreateDecapsulator().Decapsulate(packet);
        string after = TunnelJudge.Hex(packet);
        OffloadState left = packet.Offload;
        packet.Dispose();
        if (!result.IsDone)
        {
            Assert.Equal(Convert.ToHexString(frame), after);
            Assert.Equal(state, left);
        }
        return result;
    }
}
