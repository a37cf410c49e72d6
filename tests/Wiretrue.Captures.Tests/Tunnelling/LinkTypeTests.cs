using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Tests.Formats;
using Wiretrue.Captures.Tunnelling;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Captures.Tests.Tunnelling;

/// <summary>Captures on links that no Ethernet frame fits become captures of Ethernet, packets in no tunnel included.</summary>
public sealed class LinkTypeTests
{
    private const ushort LinuxSll = 113;
    private const ushort Raw = 101;
    private const ushort Radiotap = 127;

    private static readonly byte[] Inner = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(50)));
    private static readonly byte[] Vxlan = Frames.Vxlan(new IPv4Fields(), FieldChecksum.Good, Inner);
    private static readonly byte[] Plain = Frames.Tcp(new IPv6Fields(), new TcpFields(), Frames.Payload(60));
    private static readonly byte[] Gre = new IPv4Fields().Wrap(47, [0, 0, 0x86, 0xDD, .. Plain]);

    private static readonly DecapsulationOptions Keep = new() { KeepOthers = true };

    public static TheoryData<ushort, byte[]> Links => new()
    {
        { 0, [2, 0, 0, 0] },
        { 108, [0, 0, 0, 2] },
        { 12, [] },
        { Raw, [] },
        { 228, [] },
        { LinuxSll, [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x08, 0x00] },
        { 276, [0x08, 0x00, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Links))]
    public void Frames_and_packets_come_out_as_Ethernet(ushort link, byte[] header)
    {
        byte[] capture = PlainCapture.WritePcap(link, [.. header, .. Vxlan], [.. header, .. Gre]);
        List<PlainPacket> packets = PlainCapture.Read(Decapsulating.Run(capture).Output);
        Assert.Equal([1, 1], packets.Select(packet => (int)packet.LinkType));
        Assert.Equal(Inner, packets[0].Bytes);
        Assert.Equal(WithoutAddresses(Frames.Ethernet(Plain)), packets[1].Bytes);
    }

    [Fact]
    public void A_packet_that_is_kept_gets_the_same_link()
    {
        byte[] ip4 = Frames.Udp(new IPv4Fields(), new UdpFields(), Frames.Payload(9));
        List<PlainPacket> packets = PlainCapture.Read(Decapsulating.Run(PlainCapture.WritePcap(Raw, ip4, Plain, Vxlan, [0xFF]), Keep).Output);
        Assert.Equal(WithoutAddresses(Frames.Ethernet(ip4)), packets[0].Bytes);
        Assert.Equal(WithoutAddresses(Frames.Ethernet(Plain)), packets[1].Bytes);
        Assert.Equal(Inner, packets[2].Bytes);
        Assert.Equal([.. new byte[14], 0xFF], packets[3].Bytes);

        byte[] cooked = [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0];
        packets = PlainCapture.Read(Decapsulating.Run(
            PlainCapture.WritePcap(LinuxSll, [.. cooked, 0x08, 0x06, 1, 2, 3], [.. cooked, 0x81, 0, 0, 5, 0x08, 0, .. ip4]), Keep).Output);
        Assert.Equal(WithoutAddresses(Frames.Ethernet(0x0806, [1, 2, 3])), packets[0].Bytes);
        Assert.Equal(WithoutAddresses(Frames.Ethernet(ip4, (0x8100, 5))), packets[1].Bytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Interfaces_of_a_pcapng_are_described_as_what_they_are_now(bool bigEndian)
    {
        PcapNgFile o = new(bigEndian);
        PcapNgFile File(ushort first, byte fcs) => new PcapNgFile(bigEndian).Section()
            .Interface(first, 0, [.. o.Option(2, (byte)'a'), .. o.Option(13, fcs), .. o.End()]).Interface(Radiotap).Interface(1);
        byte[] capture = File(Raw, 32).Enhanced([.. Vxlan, 1, 2, 3, 4], options: [.. o.Flags(0x402 | (4 << 5)), .. o.End()])
            .Enhanced([1, 2, 3], 1).Enhanced(Frames.Ethernet(Vxlan), 2).ToArray();
        byte[] expected = File(1, 0).Enhanced(Inner, options: [.. o.Flags(2), .. o.End()]).Enhanced([1, 2, 3], 1).Enhanced(Inner, 2).ToArray();
        Assert.Equal(expected, Decapsulating.Run(capture, Keep).Output);
    }

    [Fact]
    public void Links_of_several_types_fit_one_pcap()
    {
        byte[] capture = new PcapNgFile().Section().Interface(Raw).Interface(1).Enhanced(Vxlan).Enhanced(Frames.Ethernet(Vxlan), 1).ToArray();
        List<PlainPacket> packets = PlainCapture.Read(Decapsulating.Run(capture, new DecapsulationOptions { OutputFormat = CaptureFormat.Pcap }).Output);
        Assert.Equal([Inner, Inner], packets.Select(packet => packet.Bytes));
        Assert.All(packets, packet => Assert.Equal(1, packet.LinkType));
    }

    [Fact]
    public void The_other_container_names_Ethernet_too()
    {
        byte[] output = Decapsulating.Run(PlainCapture.WritePcap(Raw, Vxlan), new DecapsulationOptions { OutputFormat = CaptureFormat.PcapNg }).Output;
        Assert.Equal(1, Assert.Single(PlainCapture.Read(output)).LinkType);
    }

    [Fact]
    public void Links_that_cannot_be_read_stay()
    {
        byte[] capture = PlainCapture.WritePcap(Radiotap, [1, 2, 3]);
        Assert.Equal(capture, Decapsulating.Run(capture, Keep).Output);
    }

    private static byte[] WithoutAddresses(byte[] frame) => [.. new byte[12], .. frame[12..]];
}
