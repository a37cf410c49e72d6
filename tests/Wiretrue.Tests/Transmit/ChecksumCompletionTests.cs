using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Tests.Transmit;

/// <summary>Which checksums a device is left with, and which are finished before.</summary>
public sealed class ChecksumCompletionTests
{
    private static readonly byte[] Payload = Frames.Payload(301);

    private static readonly byte[] DestinationOptions = [0, 0, 1, 4, 0, 0, 0, 0];

    public static TheoryData<string, DeviceFeatures, bool> Cards => new()
    {
        { "tcp4", ChecksumIPv4, true },
        { "udp4", ChecksumIPv4, true },
        { "tcp6", ChecksumIPv4, false },
        { "tcp6", ChecksumIPv6, true },
        { "udp6", ChecksumIPv6, true },
        { "udp4", ChecksumIPv6, false },
        { "tcp6 behind options", ChecksumIPv6, false },
        { "tcp6 behind options", ChecksumGeneric, true },
        { "tcp4 with options", ChecksumIPv4, true },
        { "icmp6", ChecksumIPv6, false },
        { "icmp6", ChecksumGeneric, true },
        { "tcp4 in vxlan", ChecksumIPv4, false },
        { "tcp4 in vxlan", ChecksumGeneric, true },
        { "tcp4 in ppp", ChecksumIPv4, false },
        { "tcp4 in ppp", ChecksumGeneric, true },
        { "tcp4", ChecksumSctp, false },
        { "tcp4", NoChecksum, true },
        { "sctp", ChecksumSctp, true },
        { "sctp", ChecksumGeneric, false },
        { "sctp", NoChecksum, false },
        { "sctp", ChecksumIPv4 | ChecksumIPv6, false },
    };

    [Theory]
    [MemberData(nameof(Cards))]
    public void A_card_is_left_what_it_finds_by_itself_or_by_start_and_offset(string name, DeviceFeatures features, bool left)
    {
        (byte[] owed, byte[] good, OffloadState state) = Packet(name);
        var device = new NetDevice("card", ScatterGather | HighDma | features, 1500);
        Cutter.TryCut(owed, state, device, out List<byte[]> sent);
        Assert.Equal(Convert.ToHexString(left ? owed : good), Convert.ToHexString(Assert.Single(sent)));
    }

    [Fact]
    public void A_card_that_says_so_finds_TCP_inside_a_tunnel()
    {
        (byte[] owed, byte[] good, OffloadState state) = Packet("tcp4 in vxlan");
        foreach (DeviceFeatures inside in (DeviceFeatures[])[None, ChecksumIPv4])
        {
            var device = new NetDevice("card", ScatterGather | HighDma | ChecksumIPv4, 1500) { EncapsulationFeatures = inside };
            Cutter.TryCut(owed, state with { IsEncapsulated = true }, device, out List<byte[]> sent);
            Assert.Equal(inside == None ? good : owed, Assert.Single(sent));
        }
    }

    [Theory]
    [InlineData(ChecksumIPv4, ChecksumIPv4, true)]
    [InlineData(ChecksumGeneric, ChecksumIPv4, true)]
    [InlineData(ChecksumIPv4, ChecksumGeneric, true)]
    [InlineData(ChecksumGeneric, ChecksumIPv6, false)]
    [InlineData(ChecksumIPv4, None, false)]
    public void Below_a_tag_there_is_what_the_card_and_its_VLAN_features_have_in_common(
        DeviceFeatures features, DeviceFeatures vlan, bool left)
    {
        (byte[] owed, byte[] good, OffloadState state) = Packet("udp4");
        var device = new NetDevice("card", ScatterGather | HighDma | features, 1500) { VlanFeatures = vlan | ScatterGather };
        byte[] tagged = Frames.Ethernet(owed.AsSpan(14), (0x8100, 5));
        Cutter.TryCut(tagged, state with { ChecksumStart = 38 }, device, out List<byte[]> sent);
        Assert.Equal(left ? tagged : Frames.Ethernet(good.AsSpan(14), (0x8100, 5)), Assert.Single(sent));
    }

    [Fact]
    public void A_card_that_knows_protocols_does_not_find_them_below_two_tags()
    {
        (byte[] owed, byte[] good, OffloadState state) = Packet("udp4");
        var device = new NetDevice("card", ScatterGather | HighDma | ChecksumIPv4, 1500) { VlanFeatures = ChecksumIPv4 | ScatterGather };
        Cutter.TryCut(
            Frames.Ethernet(owed.AsSpan(14), (0x88A8, 4), (0x8100, 5)), state with { ChecksumStart = 42 }, device, out List<byte[]> sent);
        Assert.Equal(Frames.Ethernet(good.AsSpan(14), (0x88A8, 4), (0x8100, 5)), Assert.Single(sent));
    }

    /// <summary>0x9100 is no VLAN tag to Linux, so such a card is not taken to find anything behind it, whatever it does behind tags.</summary>
    [Theory]
    [InlineData(ChecksumIPv4, false)]
    [InlineData(ChecksumGeneric, true)]
    public void Behind_a_tag_of_before_802_1ad_only_start_and_offset_help(DeviceFeatures features, bool left)
    {
        (byte[] owed, byte[] good, OffloadState state) = Packet("udp4");
        var device = new NetDevice("card", ScatterGather | HighDma | features, 1500) { VlanFeatures = features | ScatterGather };
        foreach ((ushort, ushort)[] tags in ((ushort, ushort)[][])[[(0x9100, 4)], [(0x9100, 4), (0x8100, 5), (0x8100, 6)]])
        {
            byte[] tagged = Frames.Ethernet(owed.AsSpan(14), tags);
            Cutter.TryCut(tagged, state with { ChecksumStart = 34 + (4 * tags.Length) }, device, out List<byte[]> sent);
            Assert.Equal(left ? tagged : Frames.Ethernet(good.AsSpan(14), tags), Assert.Single(sent));
        }
    }

    [Theory]
    [InlineData("tcp4 in vxlan", "ChecksumCompleted: checksum finished: tx-checksum-ipv4 does not reach it")]
    [InlineData("tcp6", "ChecksumCompleted: checksum finished: no tx-checksum-ip-generic")]
    [InlineData("sctp", "Crc32CCompleted: CRC32c finished: no tx-checksum-sctp")]
    [InlineData("udp4", "ChecksumLeft: checksum left to the device: tx-checksum-ipv4")]
    public void Why_is_told(string name, string line)
    {
        (byte[] owed, _, OffloadState state) = Packet(name);
        Assert.Equal(line, Listener.Lines(owed, state, new NetDevice("card", ScatterGather | HighDma | ChecksumIPv4, 1500))[^1]);
    }

    [Fact]
    public void On_a_reliable_medium_a_checksum_is_nobody_s_business()
    {
        (byte[] owed, _, OffloadState state) = Packet("udp4");
        Assert.Equal(
            "ChecksumLeft: checksum stays owed: nobody looks at it on this medium",
            Listener.Lines(owed, state, new NetDevice("medium", ScatterGather | HighDma | NoChecksum, 1500))[^1]);
    }

    /// <summary>The sum says what a receiver saw; what it means to who is sent to, nobody knows. A verdict is left as it is.</summary>
    [Theory]
    [InlineData(ChecksumState.Complete, ChecksumState.None)]
    [InlineData(ChecksumState.Unnecessary, ChecksumState.Unnecessary)]
    [InlineData(ChecksumState.None, ChecksumState.None)]
    public void A_receiver_s_sum_is_forgotten_on_the_way_out(ChecksumState before, ChecksumState after)
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        var state = new OffloadState { Checksum = before, CompleteSum = before == ChecksumState.Complete ? (ushort)7 : (ushort)0 };
        (_, byte[] good, _) = Packet("udp4");
        foreach (NetDevice device in (NetDevice[])[NetDevice.Wire(), new("card", ScatterGather | HighDma | ChecksumGeneric, 1500)])
        {
            TransmitPath.Validate(pool.Rent(good, state), device, ready);
            using Packet packet = ready.Dequeue()!;
            Assert.Equal(new OffloadState { Checksum = after }, packet.Offload);
            Assert.Equal(good, Cutter.Bytes(packet));
        }
    }

    [Theory]
    [InlineData(12, true)]
    [InlineData(11, false)]
    [InlineData(10, false)]
    public void All_four_bytes_of_a_CRC_must_be_there_whoever_makes_it(int length, bool fits)
    {
        var state = new OffloadState { Checksum = ChecksumState.Partial, ChecksumIsCrc32C = true, ChecksumOffset = 8 };
        foreach (DeviceFeatures feature in (DeviceFeatures[])[None, ChecksumSctp])
        {
            var device = new NetDevice("card", ScatterGather | HighDma | feature, 1500);
            DropReason reason = Cutter.TryCut(new byte[length], state, device, out _);
            Assert.Equal(fits ? DropReason.None : DropReason.ChecksumBeyondPacket, reason);
        }
    }

    [Fact]
    public void A_datagram_without_a_checksum_stays_without_one()
    {
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Zero }, Payload));
        Cutter.TryCut(frame, default, NetDevice.Wire(), out List<byte[]> sent);
        Assert.Equal(frame, Assert.Single(sent));
    }

    private static (byte[] Owed, byte[] Good, OffloadState State) Packet(string name)
    {
        IPFields ip = name switch
        {
            "tcp6 behind options" => new IPv6Fields { Extensions = [(60, DestinationOptions)] },
            "tcp4 with options" => new IPv4Fields { Options = [1, 1, 1, 0] },
            _ when name.Contains('6', StringComparison.Ordinal) => new IPv6Fields(),
            _ => new IPv4Fields(),
        };
        int transport = name switch
        {
            "tcp6 behind options" => 62,
            "tcp4 with options" => 38,
            "tcp4 in vxlan" => 84,
            "tcp4 in ppp" => 42,
            _ when name.Contains('6', StringComparison.Ordinal) => 54,
            _ => 34,
        };
        (byte[] owed, byte[] good) = (Frame(name, ip, FieldChecksum.Partial), Frame(name, ip, FieldChecksum.Good));
        ushort offset = name[..3] switch { "udp" => 6, "icm" => 2, "sct" => 8, _ => 16 };
        return (owed, good, new OffloadState
        {
            Checksum = ChecksumState.Partial,
            ChecksumStart = transport,
            ChecksumOffset = offset,
            ChecksumIsCrc32C = name == "sctp",
        });
    }

    private static byte[] Frame(string name, IPFields ip, FieldChecksum checksum)
    {
        byte[] packet = name[..3] switch
        {
            "udp" => Frames.Udp(ip, new UdpFields { Checksum = checksum }, Payload),
            "icm" => EchoRequest(ip, checksum),
            "sct" => Frames.Sctp(ip, checksum == FieldChecksum.Good ? checksum : FieldChecksum.Zero, Payload.AsSpan(0, 300)),
            _ => Frames.Tcp(ip, new TcpFields { Checksum = checksum }, Payload),
        };
        byte[] frame = Frames.Ethernet(packet);
        return name switch
        {
            "tcp4 in vxlan" => Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Zero, frame)),
            "tcp4 in ppp" => [.. frame.AsSpan(0, 12), 0x88, 0x64, 0x11, 0, 0, 1, (byte)((packet.Length + 2) >> 8), (byte)(packet.Length + 2), 0, 0x21, .. packet],
            _ => frame,
        };
    }

    /// <summary>ICMPv6, whose checksum is at offset 2, where no card looks by itself (RFC 4443 2.3).</summary>
    private static byte[] EchoRequest(IPFields ip, FieldChecksum checksum)
    {
        byte[] message = [128, 0, 0, 0, 0, 1, 0, 1, .. Payload.AsSpan(0, 100)];
        ushort pseudo = ip.PseudoSum(58, message.Length);
        ushort field = checksum == FieldChecksum.Partial ? pseudo : (ushort)~PlainSum.Sum(message, pseudo);
        (message[2], message[3]) = ((byte)(field >> 8), (byte)field);
        return ip.Wrap(58, message);
    }
}
