using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Packets;
using Wiretrue.Receive;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Receive;

/// <summary>What devices of each class say of the same bytes.</summary>
public sealed class DeviceReceptionTests
{
    private static readonly IPv4Fields _ipv4 = new();
    private static readonly IPv6Fields _ipv6 = new();

    [Fact]
    public void A_dumb_device_says_nothing() => Assert.Equal(default, HandUp(ReceiverModels.CreateDumb(), Tcp(FieldChecksum.Good)));

    [Theory]
    [InlineData(FieldChecksum.Good, ChecksumState.Unnecessary)]
    [InlineData(FieldChecksum.Bad, ChecksumState.None)]
    [InlineData(FieldChecksum.Partial, ChecksumState.None)]
    public void An_opaque_device_says_good_or_nothing_and_never_bad(FieldChecksum field, ChecksumState state)
    {
        OffloadState said = HandUp(ReceiverModels.CreateOpaque(), Tcp(field));
        Assert.Equal(state, said.Checksum);
        Assert.Equal(0, said.ChecksumLevel);
    }

    [Theory]
    [InlineData(FieldChecksum.Good, FieldChecksum.Good, ChecksumState.Unnecessary, 1)]
    [InlineData(FieldChecksum.Zero, FieldChecksum.Good, ChecksumState.Unnecessary, 1)]
    [InlineData(FieldChecksum.Bad, FieldChecksum.Good, ChecksumState.None, 0)]
    [InlineData(FieldChecksum.Good, FieldChecksum.Bad, ChecksumState.None, 0)]
    public void A_level_is_counted_for_each_checksum_one_inside_the_other(
        FieldChecksum outer, FieldChecksum inner, ChecksumState state, byte level)
    {
        OffloadState said = HandUp(ReceiverModels.CreateOpaque(), Frames.Ethernet(Frames.Vxlan(_ipv4, outer, Tcp(inner))));
        Assert.Equal((state, level), (said.Checksum, said.ChecksumLevel));
    }

    [Fact]
    public void More_than_four_checksums_are_four()
    {
        byte[] frame = Tcp(FieldChecksum.Good);
        for (int tunnels = 1; tunnels <= 5; tunnels++)
        {
            frame = Frames.Ethernet(Frames.Vxlan(_ipv4, FieldChecksum.Good, frame));
            Assert.Equal(Math.Min(tunnels, 3), HandUp(ReceiverModels.CreateOpaque(), frame).ChecksumLevel);
        }
    }

    [Fact]
    public void What_a_card_does_not_verify_ends_its_word_and_takes_nothing_back()
    {
        byte[] icmp = Frames.Ethernet(_ipv4.Wrap(1, [8, 0, 0xF7, 0xFD, 0, 1, 0, 1]));
        Assert.Equal(ChecksumState.None, HandUp(ReceiverModels.CreateOpaque(), icmp).Checksum);
        OffloadState tunnelled = HandUp(ReceiverModels.CreateOpaque(), Frames.Ethernet(Frames.Vxlan(_ipv4, FieldChecksum.Good, icmp)));
        Assert.Equal((ChecksumState.Unnecessary, 0), (tunnelled.Checksum, tunnelled.ChecksumLevel));
    }

    [Fact]
    public void A_fragment_and_a_wrong_IP_header_are_doubts()
    {
        byte[] fragment = Frames.Ethernet(Frames.Udp(_ipv4 with { MoreFragments = true }, new UdpFields(), Frames.Payload(80)));
        byte[] header = Frames.Ethernet(Frames.Udp(_ipv4 with { HeaderChecksum = FieldChecksum.Bad }, new UdpFields(), Frames.Payload(80)));
        foreach (byte[] frame in (byte[][])[fragment, header])
            Assert.Equal(default, HandUp(ReceiverModels.CreateOpaque(), frame));
    }

    [Fact]
    public void UDP_over_IPv6_without_a_checksum_is_good_to_a_card_in_front_of_a_tunnel_it_knows()
    {
        byte[] plain = Frames.Ethernet(Frames.Udp(_ipv6, new UdpFields { Checksum = FieldChecksum.Zero }, [1]));
        Assert.Equal(ChecksumState.None, HandUp(ReceiverModels.CreateOpaque(), plain).Checksum);
        byte[] tunnel = Frames.Ethernet(Frames.Vxlan(_ipv6, FieldChecksum.Zero, Tcp(FieldChecksum.Good)));
        Assert.Equal(1, HandUp(ReceiverModels.CreateOpaque(), tunnel).ChecksumLevel);
    }

    [Fact]
    public void A_checksum_left_to_the_receiver_is_a_doubt_to_a_card()
    {
        byte[] frame = Frames.Ethernet(Frames.Vxlan(_ipv4, FieldChecksum.Zero, Tcp(FieldChecksum.Partial)));
        frame[43] |= 0x20;
        frame[49] = 17;
        Assert.Equal(default, HandUp(ReceiverModels.CreateOpaque(), frame));
    }

    [Theory]
    [InlineData(FieldChecksum.Good)]
    [InlineData(FieldChecksum.Bad)]
    public void A_smart_device_gives_the_sum_of_all_behind_the_link_header(FieldChecksum field)
    {
        byte[] tagged = Frames.Ethernet(Frames.Tcp(_ipv4, new TcpFields { Checksum = field }, [1, 2, 3]), (0x8100, 7));
        byte[] frame = [.. tagged, 0xDE, 0xAD, 0xBE];
        OffloadState said = HandUp(ReceiverModels.CreateSmart(), frame);
        Assert.Equal((ChecksumState.Complete, 14), (said.Checksum, said.ChecksumStart));
        Assert.Equal(PlainSum.Sum(frame.AsSpan(14)), said.CompleteSum);
    }

    [Fact]
    public void A_smart_device_without_a_link_header_sums_from_the_first_byte()
    {
        using var pool = new PacketPool();
        byte[] bytes = Frames.Tcp(_ipv4, new TcpFields(), [1, 2, 3]);
        using Packet packet = pool.Rent(bytes, default);
        packet.LinkType = Wiretrue.Headers.LinkType.Raw;
        ReceivePath.HandUp(packet, ReceiverModels.CreateSmart());
        Assert.Equal((0, PlainSum.Sum(bytes)), (packet.Offload.ChecksumStart, packet.Offload.CompleteSum));
    }

    [Fact]
    public void A_paravirtual_device_hands_on_what_is_owed_and_a_card_does_not()
    {
        var owed = new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 16 };
        Assert.Equal(owed, HandUp(ParavirtualModel.Create(), Tcp(FieldChecksum.Partial), owed));
        var good = new OffloadState { Checksum = ChecksumState.Unnecessary, ChecksumLevel = 1 };
        Assert.Equal(good, HandUp(ParavirtualModel.Create(), Tcp(FieldChecksum.Bad), good));
        Assert.Equal(default, HandUp(ReceiverModels.CreateOpaque(), Tcp(FieldChecksum.Partial), owed));
    }

    [Fact]
    public void Nothing_is_said_with_receive_checksums_off_or_bytes_missing()
    {
        foreach (NetDevice device in (NetDevice[])[ReceiverModels.CreateOpaque(), ReceiverModels.CreateSmart()])
        {
            using var pool = new PacketPool();
            using Packet packet = pool.Rent(Tcp(FieldChecksum.Good), default);
            packet.MissingTail = 1;
            ReceivePath.HandUp(packet, device);
            Assert.Equal(default, packet.Offload);
            device.Switch(DeviceFeatures.ReceiveChecksum, on: false);
            Assert.Equal(default, HandUp(device, Tcp(FieldChecksum.Good)));
        }
    }

    private static byte[] Tcp(FieldChecksum field) => Frames.Ethernet(Frames.Tcp(_ipv4, new TcpFields { Checksum = field }, Frames.Payload(500)));

    private static OffloadState HandUp(NetDevice device, byte[] frame, OffloadState state = default)
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(frame, state);
        ReceivePath.HandUp(packet, device);
        return packet.Offload;
    }
}
