using Wiretrue.Packets;
using Wiretrue.Receive;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Receive;

/// <summary>What an observer is told, in words, for the stories of docs/receive-checksums.md.</summary>
public sealed class ReceiveObserverTests
{
    private static readonly byte[] _inner = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields(), "wiretrue"u8));
    private static readonly byte[] _tunnel = Frames.Ethernet(Frames.Vxlan(new IPv6Fields(), FieldChecksum.Good, _inner));

    [Fact]
    public void Without_a_word_the_bytes_are_summed_once() => Assert.Equal(
        [
            "the device says nothing of the checksums",
            "Udp at 54: the checksum fits the bytes, which were summed",
            "IPv4 at 84: the header's checksum is right",
            "Tcp at 104: the checksum fits the sum that is known",
            "accepted",
        ],
        Received.Lines(_tunnel));

    [Fact]
    public void One_level_is_turned_into_a_sum() => Assert.Equal(
        [
            "the device says that 1 checksum is good",
            "Udp at 54: the sum of all inside follows from the checksum",
            "IPv4 at 84: the header's checksum is right",
            "Tcp at 104: the checksum fits the sum that is known",
            "accepted",
        ],
        Received.Lines(_tunnel, new OffloadState { Checksum = ChecksumState.Unnecessary }));

    [Fact]
    public void Two_levels_answer_for_both() => Assert.Equal(
        [
            "the device says that 2 checksums are good",
            "Udp at 54: the device answers for the checksum",
            "IPv4 at 84: the header's checksum is right",
            "Tcp at 104: the device answers for the checksum",
            "accepted",
        ],
        Received.Lines(_tunnel, new OffloadState { Checksum = ChecksumState.Unnecessary, ChecksumLevel = 1 }));

    [Fact]
    public void What_is_owed_inside_excuses_what_is_around() => Assert.Equal(
        [
            "the device says that a checksum is owed",
            "Udp at 54: the checksum is owed: nothing to check",
            "IPv4 at 84: the header's checksum is right",
            "Tcp at 104: the checksum is owed: nothing to check",
            "accepted",
        ],
        Received.Lines(_tunnel, new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = 104, ChecksumOffset = 16 }));

    [Fact]
    public void A_wrong_sum_and_padding_are_told()
    {
        byte[] padded = [.. _inner, .. new byte[] { 7, 7, 7 }];
        Assert.Equal(
            [
                "the device says what the packet sums up to",
                "IPv4 at 14: the header's checksum is right",
                "IPv4 at 14: 3 bytes behind it are not its own",
                "Tcp at 34: the checksum fits the bytes, and not the device's sum: the device is at fault",
                "accepted",
            ],
            Received.Lines(padded, Received.Summed(padded) with { CompleteSum = 1 }));
        padded[^4] ^= 1;
        Assert.Equal("Tcp at 34: dropped: TcpChecksum", Received.Lines(padded)[^1]);
    }

    [Fact]
    public void Other_transports_and_tunnels_have_their_words()
    {
        Assert.Contains("Udp at 34: no checksum, and none is needed", Received.Lines(
            Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Zero }, [1]))));
        Assert.Contains("Sctp at 34: the CRC32c fits the bytes", Received.Lines(
            Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Good, [1, 2, 3, 4]))));
        Assert.Equal("Fragment at 34: right so far, and judged no further", Received.Lines(
            Frames.Ethernet(Frames.Udp(new IPv4Fields { MoreFragments = true }, new UdpFields(), Frames.Payload(8))))[^1]);
        byte[] remote = Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Zero, _inner));
        remote[43] |= 0x20;
        remote[49] = 17;
        Assert.Contains(
            "Vxlan at 42: remote checksum offload: the inner checksum is owed from here on",
            Received.Lines(remote, options: new ReceiveOptions { VxlanRemoteChecksum = true }));
    }
}
