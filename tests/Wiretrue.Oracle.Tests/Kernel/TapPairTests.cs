using System.Buffers.Binary;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Kernel;

public sealed class TapPairTests
{
    [RootTapFact]
    public void The_kernel_cuts_a_super_frame_into_as_many_frames_as_its_size_says()
    {
        using var pair = TapPair.Create("cut");
        byte[] frame = Frames.Ethernet(
            Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(5000)));
        var header = new VnetHeader
        {
            Flags = VnetHeader.NeedsChecksum,
            GsoType = VnetHeader.GsoTcpV4,
            HeaderLength = 54,
            GsoSize = 1448,
            ChecksumStart = 34,
            ChecksumOffset = 16,
        };

        List<byte[]>? frames = pair.Cut(header, frame);

        Assert.NotNull(frames);
        Assert.Equal([1502, 1502, 1502, 710], frames.Select(f => f.Length));
        Assert.All(frames, f => Assert.Equal(0xFFFF, PlainSum.Sum(f.AsSpan(34), new IPv4Fields().PseudoSum(6, f.Length - 34))));
    }

    [RootTapFact]
    public void One_byte_segments_of_a_large_frame_all_fit_in_the_queue()
    {
        using var pair = TapPair.Create("cut");
        byte[] frame = Frames.Ethernet(
            Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(20000)));
        var header = new VnetHeader
        {
            Flags = VnetHeader.NeedsChecksum,
            GsoType = VnetHeader.GsoTcpV4,
            GsoSize = 1,
            ChecksumStart = 34,
            ChecksumOffset = 16,
        };

        Assert.Equal(20000, pair.Cut(header, frame)?.Count);
    }

    [RootTapFact]
    public void A_header_that_points_outside_of_the_frame_is_refused()
    {
        using var pair = TapPair.Create("cut");
        byte[] frame = Frames.Ethernet(
            Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(100)));

        Assert.Null(pair.Cut(new VnetHeader { Flags = VnetHeader.NeedsChecksum, ChecksumStart = 5000, ChecksumOffset = 6 }, frame));
    }

    [RootTapFact]
    public void A_half_made_checksum_is_completed()
    {
        using var pair = TapPair.Create("cut");
        byte[] Udp(FieldChecksum checksum) => Frames.Ethernet(
            Frames.Udp(new IPv6Fields(), new UdpFields { Checksum = checksum }, Frames.Payload(100)));

        List<byte[]>? frames = pair.Cut(
            new VnetHeader { Flags = VnetHeader.NeedsChecksum, ChecksumStart = 54, ChecksumOffset = 6 }, Udp(FieldChecksum.Partial));

        Assert.NotNull(frames);
        Assert.Equal(Udp(FieldChecksum.Good), Assert.Single(frames));
        Assert.NotEqual(0, BinaryPrimitives.ReadUInt16BigEndian(frames[0].AsSpan(60)));
    }
}
