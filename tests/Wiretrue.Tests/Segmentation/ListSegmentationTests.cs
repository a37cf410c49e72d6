using System.Net;
using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Segmentation;

public sealed class ListSegmentationTests : IDisposable
{
    private const int Size = 1000;
    private static readonly int[] Lengths = [Size, Size, Size, 300];

    private readonly PacketPool _pool = new();
    private readonly PacketQueue _ready = new();

    public void Dispose()
    {
        _ready.Dispose();
        _pool.Dispose();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void The_packets_leave_with_the_headers_that_they_came_with(bool isTcp, bool isIPv4)
    {
        List<byte[]> received = Received(isTcp, isIPv4);
        Packet chain = Chain(received, HeaderLength(isTcp, isIPv4), State(isTcp, isIPv4));
        Assert.Equal(DropReason.None, TransmitPath.Validate(chain, NetDevice.Wire(), _ready));
        AssertSame(received);
        Assert.All(_ready.Packets(), segment => Assert.Equal(new OffloadState { Checksum = ChecksumState.Unnecessary }, segment.Offload));
    }

    [Fact]
    public void A_checksum_that_was_wrong_stays_wrong()
    {
        List<byte[]> received = Received(isTcp: true, isIPv4: true);
        received[2][20 + 16] ^= 0x55;
        Packet chain = Chain(received, 40, State(isTcp: true, isIPv4: true));
        Assert.Equal(DropReason.None, TransmitPath.Validate(chain, NetDevice.Wire(), _ready));
        AssertSame(received);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void A_new_address_and_port_of_the_first_is_carried_over_to_all(bool isTcp, bool isIPv4)
    {
        List<byte[]> received = Received(isTcp, isIPv4);
        IPFields rewritten = isIPv4
            ? new IPv4Fields { Id = 7, Destination = IPAddress.Parse("203.0.113.9") }
            : new IPv6Fields { Destination = IPAddress.Parse("2001:db8:9::9") };
        List<byte[]> expected = Built(rewritten, isTcp, port: 8080);
        Packet chain = Chain([expected[0], .. received[1..]], HeaderLength(isTcp, isIPv4), State(isTcp, isIPv4));
        Assert.Equal(DropReason.None, TransmitPath.Validate(chain, NetDevice.Wire(), _ready));
        AssertSame(expected);
    }

    [Fact]
    public void A_datagram_without_a_checksum_gets_none_when_its_address_changes()
    {
        var fields = new UdpFields { Checksum = FieldChecksum.Zero };
        List<byte[]> Build(IPv4Fields ip) => [.. Lengths.Select((length, i) => Frames.Udp(ip with { Id = (ushort)(7 + i) }, fields, Frames.Payload(length, 3 + i)))];
        List<byte[]> expected = Build(new IPv4Fields { Source = IPAddress.Parse("203.0.113.9") });
        Packet chain = Chain([expected[0], .. Build(new IPv4Fields())[1..]], 28, State(isTcp: false, isIPv4: true));
        Assert.Equal(DropReason.None, TransmitPath.Validate(chain, NetDevice.Wire(), _ready));
        AssertSame(expected);
    }

    [Fact]
    public void Identifications_count_on_from_the_first_s()
    {
        List<byte[]> received = Received(isTcp: false, isIPv4: true);
        List<byte[]> others = Built(new IPv4Fields { Id = 500 }, isTcp: false);
        Packet chain = Chain([received[0], .. others[1..]], 28, State(isTcp: false, isIPv4: true));
        Assert.Equal(DropReason.None, TransmitPath.Validate(chain, NetDevice.Wire(), _ready));
        AssertSame(received);
    }

    [Fact]
    public void Tags_of_the_first_are_on_all()
    {
        List<byte[]> received = Received(isTcp: false, isIPv4: true);
        Packet chain = Chain(received, 28, State(isTcp: false, isIPv4: true), (0x8100, 7));
        Assert.Equal(DropReason.None, TransmitPath.Validate(chain, NetDevice.Wire(), _ready));
        Assert.Equal(received.Select(p => Convert.ToHexString(Frames.Ethernet(p, (0x8100, 7)))), _ready.Frames().Select(Convert.ToHexString));
    }

    [Fact]
    public void No_payload_is_copied()
    {
        List<byte[]> received = Received(isTcp: false, isIPv4: true);
        using Packet chain = Chain(received, 28, State(isTcp: false, isIPv4: true));
        List<Page> pages = chain.Parts.Pages();
        Assert.Equal(DropReason.None, Wiretrue.Segmentation.GenericSegmentation.Segment(chain, DeviceFeatures.None, _ready));
        Assert.Equal(pages, _ready.Packets().Select(segment => segment.Fragments[0].Page));
        Assert.All(_ready.Packets(), segment => Assert.Equal(1, segment.Fragments.Length));
    }

    [Theory]
    [InlineData("pulled into one")]
    [InlineData("another size")]
    [InlineData("not trusted")]
    [InlineData("headers that are no longer there")]
    [InlineData("a length that does not count the packet")]
    public void A_list_that_is_not_as_it_was_chained_is_cut_by_size(string what)
    {
        List<byte[]> received = Received(isTcp: false, isIPv4: true);
        OffloadState state = State(isTcp: false, isIPv4: true);
        Packet chain = Chain(received, 28, state);
        switch (what)
        {
            case "pulled into one":
                chain.Linearize();
                break;
            case "another size":
                chain.Offload = state with { GsoSize = 900 };
                break;
            case "not trusted":
                chain.Offload = state with { GsoType = state.GsoType | GsoType.Dodgy };
                break;
            case "headers that are no longer there":
                chain.Dispose();
                chain = Chain(received, 28, state, clearHeaders: true);
                break;
            default:
                received[2][20 + 5]++;
                chain.Dispose();
                chain = Chain(received, 28, state);
                received[2][20 + 5]--;
                break;
        }
        Assert.Equal(DropReason.None, TransmitPath.Validate(chain, NetDevice.Wire(), _ready));
        byte[] payload = [.. received.SelectMany(packet => packet[28..])];
        AssertSame(Cutter.PlainUdp(new IPv4Fields { Id = 7 }, new UdpFields(), payload, what == "another size" ? 900 : Size));
        _ready.Clear();
    }

    [Fact]
    public void A_device_without_parts_gets_each_in_one_piece()
    {
        List<byte[]> received = Received(isTcp: true, isIPv4: true);
        Packet chain = Chain(received, 40, State(isTcp: true, isIPv4: true));
        Assert.Equal(DropReason.None, TransmitPath.Validate(chain, new NetDevice("plain", DeviceFeatures.None, 1500), _ready));
        AssertSame(received);
        Assert.All(_ready.Packets(), segment => Assert.True(segment.IsLinear));
    }

    private static int HeaderLength(bool isTcp, bool isIPv4) => (isIPv4 ? 20 : 40) + (isTcp ? 20 : 8);

    private static OffloadState State(bool isTcp, bool isIPv4) => new()
    {
        Checksum = ChecksumState.Unnecessary,
        GsoType = GsoType.FragmentList | (!isTcp ? GsoType.UdpL4 : isIPv4 ? GsoType.TcpV4 : GsoType.TcpV6),
        GsoSize = Size,
    };

    private static List<byte[]> Received(bool isTcp, bool isIPv4) =>
        Built(isIPv4 ? new IPv4Fields { Id = 7 } : new IPv6Fields(), isTcp);

    private static List<byte[]> Built(IPFields ip, bool isTcp, ushort port = 5001)
    {
        var packets = new List<byte[]>();
        for (int i = 0; i < Lengths.Length; i++)
        {
            byte[] payload = Frames.Payload(Lengths[i], seed: 3 + i);
            // Not in a row, as cutting by size would have it: these are what came.
            var tcp = new TcpFields { DestinationPort = port, Sequence = 1000 + (uint)(i * 7777), Flags = TcpFields.Ack | TcpFields.Psh };
            packets.Add(isTcp
                ? Frames.Tcp(Cutter.Numbered(ip, i), tcp, payload)
                : Frames.Udp(Cutter.Numbered(ip, i), new UdpFields { DestinationPort = port }, payload));
        }
        return packets;
    }

    /// <summary>What receiving makes of packets: the first, with the length of all, and the others' payloads behind it.</summary>
    private Packet Chain(List<byte[]> packets, int headerLength, OffloadState state, params (ushort, ushort)[] tags) =>
        Chain(packets, headerLength, state, clearHeaders: false, tags);

    private Packet Chain(List<byte[]> packets, int headerLength, OffloadState state, bool clearHeaders, params (ushort, ushort)[] tags)
    {
        byte[] first = [.. packets[0]];
        int total = packets.Sum(packet => packet.Length - headerLength) + headerLength;
        bool isIPv6 = first[0] >> 4 == 6;
        int length = isIPv6 ? total - 40 : total;
        (first[isIPv6 ? 4 : 2], first[isIPv6 ? 5 : 3]) = ((byte)(length >> 8), (byte)length);
        if ((state.GsoType & GsoType.UdpL4) != 0)
        {
            int udp = headerLength - 8;
            (first[udp + 4], first[udp + 5]) = ((byte)((total - udp) >> 8), (byte)(total - udp));
        }
        Packet chain = _pool.Rent(Frames.Ethernet(first, tags), state);
        foreach (byte[] packet in packets[1..])
        {
            Packet listed = _pool.Rent(packet, new OffloadState { Checksum = ChecksumState.Unnecessary });
            if (clearHeaders)
                listed.Linear[..headerLength].Clear();
            listed.Pull(headerLength);
            chain.AddToFragmentList(listed);
        }
        return chain;
    }

    private void AssertSame(List<byte[]> packets) =>
        Assert.Equal(packets.Select(packet => Convert.ToHexString(Frames.Ethernet(packet))), _ready.Frames().Select(Convert.ToHexString));
}
