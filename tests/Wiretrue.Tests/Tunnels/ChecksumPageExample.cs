using System.Globalization;
using System.Net;
using System.Text;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

/// <summary>The one packet that docs/checksum-offload-in-tunnels.md follows: what is in it is made here, and summed by plain code.</summary>
internal static class ChecksumPageExample
{
    private const int Udp = 20;
    private const int Vxlan = 28;
    private const int Inside = 36;
    private const int InnerIP = 50;
    private const int InnerUdp = 70;

    private static readonly PlainFrame Inner = new(
        [new PlainEthernet(), new PlainIP(new IPv4Fields()), new PlainUdp(new UdpFields())], "carry me\n"u8.ToArray());

    private static readonly VxlanTunnel Tunnel = new()
    {
        Local = IPAddress.Parse("198.51.100.1"),
        Remote = IPAddress.Parse("198.51.100.2"),
        NetworkIdentifier = 66,
        SourcePorts = SourcePortRange.Only(40000),
    };

    /// <summary>The inner datagram before and after its checksum is completed.</summary>
    public static string Owed()
    {
        byte[] owed = Inner.Build(), done = Inner.Segments(99).Single();
        var text = new StringBuilder();
        Line(text, "pseudo-header", [.. owed.AsSpan(26, 8), 0, 17, .. owed.AsSpan(38, 2)]);
        Line(text, "UDP, as sent", owed.AsSpan(34, 8));
        Line(text, "payload", owed.AsSpan(42));
        Line(text, "UDP, completed", done.AsSpan(34, 8));
        Value(text, "from UDP to the end, completed", PlainSum.Sum(done.AsSpan(34)));
        return text.ToString();
    }

    /// <summary>The outer checksum, from headers alone.</summary>
    public static string Local()
    {
        byte[] sent = Send(Tunnel, out OffloadState state);
        var text = new StringBuilder();
        byte[] udp = [.. sent.AsSpan(Udp, 6), 0, 0];
        Line(text, "outer UDP", udp);
        Line(text, "VXLAN", sent.AsSpan(Vxlan, 8));
        Line(text, "Ethernet", sent.AsSpan(Inside, 14));
        Line(text, "IPv4", sent.AsSpan(InnerIP, 20));
        byte[] field = sent.AsSpan(InnerUdp + 6, 2).ToArray();
        Value(text, $"all from UDP on: the complement of {Convert.ToHexString(field)}", (ushort)~PlainSum.Sum(field));
        Line(text, "outer pseudo-header", Pseudo(sent));
        ushort sum = PlainSum.Sum([(byte)(~field[0]), (byte)(~field[1])], PlainSum.Sum(Pseudo(sent), PlainSum.Sum(sent.AsSpan(Vxlan, 42), PlainSum.Sum(udp))));
        Value(text, "together", sum);
        Value(text, "outer checksum", (ushort)~sum);
        Assert.Equal((ushort)~sum, (sent[Udp + 6] << 8) | sent[Udp + 7]);
        Assert.Equal(InnerUdp, state.ChecksumStart);

        Inner.Segments(99).Single().CopyTo(sent, Inside);
        Value(text, "what a receiver sums, all completed", PlainSum.Sum(sent.AsSpan(Udp), PlainSum.Sum(Pseudo(sent))));
        return text.ToString();
    }

    /// <summary>What is sent when the inner checksum is left to the receiver, and what that makes of it.</summary>
    public static string Remote()
    {
        byte[] sent = Send(Tunnel with { RemoteChecksum = new RemoteChecksumOptions { Transmit = true } }, out OffloadState state);
        Assert.Equal(Udp, state.ChecksumStart);
        Wiretrue.Transmit.PartialChecksum.Complete(sent, state.ChecksumStart, state.ChecksumOffset);
        var text = new StringBuilder();
        Line(text, "outer UDP", sent.AsSpan(Udp, 8));
        Line(text, "VXLAN", sent.AsSpan(Vxlan, 8));
        Line(text, "inner UDP", sent.AsSpan(InnerUdp, 8));
        Value(text, "what a receiver sums, outside", PlainSum.Sum(sent.AsSpan(Udp), PlainSum.Sum(Pseudo(sent))));
        ushort whole = PlainSum.Sum(sent.AsSpan(Inside));
        ushort before = PlainSum.Sum(sent.AsSpan(Inside, 34));
        Value(text, "sum behind VXLAN", whole);
        Value(text, "sum of the first 34 bytes of that", before);
        ushort rest = PlainSum.Sum(sent.AsSpan(InnerUdp));
        Value(text, "what is left", rest);
        Value(text, "inner checksum", (ushort)~rest);

        using var pool = new PacketPool();
        Packet packet = pool.Rent(sent, default);
        packet.LinkType = Wiretrue.Headers.LinkType.Raw;
        VxlanTunnel receiver = Tunnel with
        {
            Local = Tunnel.Remote,
            Remote = Tunnel.Local,
            RemoteChecksum = new RemoteChecksumOptions { Receive = true, IsEager = true },
        };
        Assert.True(receiver.CreateDecapsulator().Decapsulate(packet).IsDone);
        Assert.Equal(Convert.ToHexString(Inner.Segments(99).Single()), TunnelJudge.Hex(packet));
        packet.Dispose();
        return text.ToString();
    }

    private static byte[] Pseudo(byte[] sent) => [.. sent.AsSpan(12, 8), 0, 17, .. sent.AsSpan(Udp + 4, 2)];

    private static byte[] Send(VxlanTunnel tunnel, out OffloadState state)
    {
        using var pool = new PacketPool();
        Packet packet = pool.Rent(Inner.Build(), Inner.Offload(0) with { GsoType = GsoType.None });
        Assert.Equal(Wiretrue.Devices.DropReason.None, tunnel.CreateEncapsulator().Encapsulate(packet));
        state = packet.Offload;
        byte[] bytes = Convert.FromHexString(TunnelJudge.Hex(packet));
        packet.Dispose();
        return bytes;
    }

    private static void Line(StringBuilder text, string name, ReadOnlySpan<byte> bytes)
    {
        string words = string.Join(' ', Convert.ToHexString(bytes).Chunk(4).Select(word => new string(word)));
        text.Append(CultureInfo.InvariantCulture, $"{name,-20} {words,-50} {PlainSum.Sum(bytes):X4}\n");
    }

    private static void Value(StringBuilder text, string name, ushort value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name,-71} {value:X4}\n");
}
