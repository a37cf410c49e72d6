using Wiretrue.Devices;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Packets;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>tshark verifies every checksum of every segment, and puts together what was divided.</summary>
[Trait("Category", "Judges")]
public sealed class SegmentTests(ITestOutputHelper output)
{
    private const int Frames = 300;

    [ToolFact("tshark")]
    public void Every_checksum_of_segments_is_verified_and_right() => Judge(31, tunnels: 0, source => source.NextTransport());

    [ToolFact("tshark")]
    public void Every_checksum_of_segments_in_tunnels_is_verified_and_right() => Judge(32, tunnels: 1, source => source.NextTransport());

    [ToolFact("tshark")]
    public void Every_checksum_of_fragments_put_together_is_verified_and_right() =>
        Judge(33, tunnels: 0, source => source.NextDatagram(), (frame, size) => frame.Fragmentation(Math.Max(size, 80)), isDivided: true);

    [ToolFact("tshark")]
    public void Every_checksum_of_fragments_in_tunnels_is_verified_and_right() =>
        Judge(34, tunnels: 1, source => source.NextDatagram(), (frame, size) => frame.Fragmentation(Math.Max(size, 80)), isDivided: true);

    [ToolFact("tshark")]
    public void Every_CRC32c_of_SCTP_segments_is_verified_and_right() => JudgeSctp(36, tunnels: 0);

    [ToolFact("tshark")]
    public void Every_CRC32c_of_SCTP_segments_in_tunnels_is_verified_and_right() => JudgeSctp(37, tunnels: 1);

    [ToolFact("tshark")]
    public void A_stream_that_was_cut_from_big_super_frames_is_put_together_to_what_it_was()
    {
        byte[] stream = new byte[500_000];
        new Random(35).NextBytes(stream);
        using var wire = new Wire();
        var frames = new List<byte[]>();
        for (int offset = 0; offset < stream.Length; offset += 180_000)
        {
            // Beyond 64 KiB: the IP header cannot say how long that is.
            byte[] part = stream[offset..Math.Min(stream.Length, offset + 180_000)];
            var tcp = new PlainTcp(new TcpFields { Sequence = uint.MaxValue - 200_000 + (uint)offset, SourcePort = 40000, DestinationPort = 40001 });
            PlainFrame frame = new([new PlainEthernet(), new PlainIP(new IPv6Fields()), tcp], part);
            frames.AddRange(wire.Cut(frame.Offload(1440), frame.Build(), out _)!);
        }
        using var folder = new TempFolder();
        Assert.Equal(stream, Tshark.FollowFirstStream(folder.Write("stream.pcap", PlainCapture.WritePcap(1, frames))));
    }

    private void Judge(
        int seed, int tunnels, Func<PlainFrameSource, PlainHeader> next, Func<PlainFrame, int, OffloadState>? state = null, bool isDivided = false)
    {
        var source = new PlainFrameSource(new Random(seed));
        JudgeAll((wire, expected) =>
        {
            PlainFrame frame = Next(source, tunnels, OnBuiltPorts(next(source)));
            // So many segments say no more than twenty do.
            int size = Math.Max(source.NextSize(frame), frame.Payload.Length / 20);
            List<byte[]>? cut = wire.Cut(state?.Invoke(frame, size) ?? frame.Offload(size), frame.Build(), out DropReason reason);
            Assert.True(cut is not null, $"dropped: {reason}: {frame}");
            Count(frame, cut.Count, isDivided, expected);
            return cut;
        });
    }

    private void JudgeSctp(int seed, int tunnels)
    {
        var random = new Random(seed);
        var source = new PlainFrameSource(random);
        JudgeAll((wire, expected) =>
        {
            var frame = PlainListFrame.NextSctp(random, Next(source, tunnels, new PlainSctp((uint)random.Next())));
            List<byte[]>? cut = wire.Cut(pool => frame.Rent(pool, random), out DropReason reason);
            Assert.True(cut is not null, $"dropped: {reason}: {frame.Frame}");
            Count(frame.Frame, cut.Count, isDivided: false, expected);
            return cut;
        });
    }

    private void JudgeAll(Func<Wire, Dictionary<(string, ChecksumStatus), int>, List<byte[]>> next)
    {
        using var wire = new Wire();
        var frames = new List<byte[]>();
        var expected = new Dictionary<(string, ChecksumStatus), int>();
        for (int i = 0; i < Frames; i++)
            frames.AddRange(next(wire, expected));

        using var folder = new TempFolder();
        Dictionary<(string, ChecksumStatus), int> found = Tshark.ChecksumStatuses(folder.Write("segments.pcap", PlainCapture.WritePcap(1, frames)));
        output.WriteLine($"{frames.Count} frames: {Describe(found)}");
        Assert.Equal(Describe(expected), Describe(found));
    }

    /// <summary>Adds the checksums that a super-frame's segments have: one for each header, but one only of a transport that was divided.</summary>
    private static void Count(PlainFrame frame, int segments, bool isDivided, Dictionary<(string, ChecksumStatus), int> counts)
    {
        bool isIPv4 = false;
        foreach (PlainHeader header in frame.Headers)
        {
            if (header is PlainIP ip)
                isIPv4 = ip.Fields is IPv4Fields;
            (string, ChecksumStatus)? key = header switch
            {
                PlainIP when isIPv4 => ("ip", ChecksumStatus.Good),
                PlainTcp => ("tcp", ChecksumStatus.Good),
                PlainUdp { HasChecksum: true } => ("udp", ChecksumStatus.Good),
                // RFC 6935 allows a tunnel to have none over IPv6; tshark has not heard of it.
                PlainUdp => ("udp", isIPv4 ? ChecksumStatus.NotPresent : ChecksumStatus.Illegal),
                PlainSctp => ("sctp", ChecksumStatus.Good),
                PlainGre { HasChecksum: true } => ("gre", ChecksumStatus.Good),
                _ => null,
            };
            if (key is { } counted)
                counts[counted] = counts.GetValueOrDefault(counted) + (isDivided && header == frame.Transport ? 1 : segments);
        }
    }

    /// <summary>
    /// A frame that tshark can read. It knows neither GUE nor remote checksums, and in GTP-U it takes an IPv4 header with all its options for
    /// something else.
    /// </summary>
    private static PlainFrame Next(PlainFrameSource source, int tunnels, PlainHeader transport)
    {
        PlainFrame frame;
        do
        {
            frame = source.Next(tunnels, transport);
        }
        while (frame.HasRemoteChecksum
            || frame.Headers is [.., PlainGtpU, PlainIP { Fields: IPv4Fields, Length: 60 }, _]
            || frame.Headers.Any(header => header is PlainGue or PlainUdp { FixedPort: not null }));
        return frame;
    }

    private static PlainHeader OnBuiltPorts(PlainHeader transport) => transport switch
    {
        PlainTcp tcp => tcp with { Fields = tcp.Fields with { SourcePort = 40000, DestinationPort = 40001 } },
        PlainUdp udp => udp with { Fields = udp.Fields with { SourcePort = 40000, DestinationPort = 40001 } },
        _ => transport,
    };

    private static string Describe(Dictionary<(string Protocol, ChecksumStatus Status), int> counts) =>
        string.Join(", ", counts.OrderBy(c => c.Key).Select(c => $"{c.Value} {c.Key.Protocol} {c.Key.Status}"));
}
