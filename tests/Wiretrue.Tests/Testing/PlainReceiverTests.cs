using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Reception;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Tests.Testing;

/// <summary>The judge must see what it judges.</summary>
public sealed class PlainReceiverTests
{
    private const int EthernetLength = 14;

    private static readonly PlainTcp Tcp = new(new TcpFields { Sequence = 77, Flags = TcpFields.Ack | TcpFields.Psh });

    public static TheoryData<PlainFrame> Covered
    {
        get
        {
            PlainIP v4 = new(new IPv4Fields()), v6 = new(new IPv6Fields());
            PlainUdp udp = new(new UdpFields());
            PlainEthernet ethernet = new();
            byte[] payload = Frames.Payload(99);
            return new TheoryData<PlainFrame>(
                new([ethernet, v4, Tcp], payload),
                new([ethernet, v4, udp], payload),
                new([ethernet, v4, udp, new PlainVxlan(7), ethernet, v6, Tcp], payload),
                new([ethernet, v4, new PlainGre(HasChecksum: true, Key: 9), ethernet, v4, udp], payload),
                new([ethernet, v4, udp, new PlainGue(), v4, udp], payload));
        }
    }

    [Theory]
    [MemberData(nameof(Covered))]
    public void A_changed_byte_is_never_taken_for_the_right_one(PlainFrame frame)
    {
        byte[] right = frame.Build(frame.Payload, new SegmentPlace(0, 0, IsLast: true));
        Assert.Equal(frame.Payload, PlainReceiver.Receive(right).Payload.ToArray());
        // From the IPv4 header on every byte is covered by a length or a checksum.
        for (int i = EthernetLength; i < right.Length; i++)
        {
            byte[] wrong = [.. right];
            wrong[i] ^= 0x41;
            Assert.False(IsTaken(wrong), $"byte {i} changed");
        }
    }

    [Theory]
    [MemberData(nameof(Covered))]
    public void A_frame_that_is_a_byte_short_or_long_is_refused(PlainFrame frame)
    {
        byte[] right = frame.Build(frame.Payload, new SegmentPlace(0, 0, IsLast: true));
        Assert.False(IsTaken(right[..^1]));
        Assert.False(IsTaken([.. right, 0]));
    }

    [Theory]
    [MemberData(nameof(Covered))]
    public void A_checksum_that_is_owed_is_not_taken_for_one_that_is_done(PlainFrame frame) => Assert.False(IsTaken(frame.Build()));

    [Fact]
    public void A_remote_checksum_is_the_pseudo_header_s_sum()
    {
        PlainEthernet ethernet = new();
        PlainIP ip = new(new IPv6Fields());
        foreach (PlainHeader[] tunnel in (PlainHeader[][])
            [[new PlainVxlan(7, HasRemoteChecksum: true), ethernet], [new PlainGue(HasRemoteChecksum: true)]])
        {
            PlainFrame frame = new([ethernet, ip, new PlainUdp(new UdpFields()), .. tunnel, ip, Tcp], Frames.Payload(99));
            byte[] right = frame.Build(frame.Payload, new SegmentPlace(0, 0, IsLast: true));
            Assert.Equal(77u, PlainReceiver.Receive(right).Sequence);
            // Off by as much in the other direction somewhere else: only the remote checksum can tell.
            right[frame.TransportOffset + 16] ^= 1;
            right[frame.TransportOffset + 18] ^= 1;
            Assert.False(IsTaken(right));
        }
    }

    private static bool IsTaken(byte[] frame)
    {
        try
        {
            PlainReceiver.Receive(frame);
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return false;
        }
    }
}
