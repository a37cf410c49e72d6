using System.Buffers.Binary;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Captures.Tests.Inference;

/// <summary>What was inferred, held against the virtio-net header that the kernel gave with the same traffic.</summary>
/// <remarks>
/// <code>
///   0       1          2          4          6            8             10
///   +-------+----------+----------+----------+------------+-------------+----------
///   | flags | gso_type | hdr_len  | gso_size | csum_start | csum_offset | frame ...     (little-endian)
/// </code>
/// </remarks>
public sealed class RecordedTruthTests
{
    private const int VnetHeader = 10;

    [CorpusFact]
    public void The_size_of_every_super_frame_is_the_kernels_own()
    {
        int superFrames = 0;
        foreach (string path in Recordings)
        {
            superFrames += Compare(path, keepSyns: true, (truth, decision, where) =>
            {
                Assert.True(truth.GsoSize == decision.Owed.GsoSize, $"{where}: {decision.Owed.GsoSize}, the kernel had {truth.GsoSize}");
                Assert.Equal(truth.GsoSize != 0, decision.SuperFrame);
            });
        }
        Assert.InRange(superFrames, 100, int.MaxValue);
    }

    [CorpusFact]
    public void The_sizes_are_found_without_the_syns_too()
    {
        int wrong = 0, superFrames = 0;
        foreach (string path in Recordings)
        {
            superFrames += Compare(path, keepSyns: false, (truth, decision, _) => wrong += truth.GsoSize == decision.Owed.GsoSize ? 0 : 1);
        }
        Assert.InRange(superFrames, 100, int.MaxValue);
        Assert.True(wrong * 100 <= superFrames, $"{wrong} of {superFrames} super-frames");
    }

    [CorpusFact]
    public void Every_owed_checksum_is_found_where_the_kernel_had_it()
    {
        foreach (string path in Recordings)
        {
            Compare(path, keepSyns: true, (truth, decision, where) =>
            {
                Assert.True((truth.Start, truth.Offset) == (decision.Owed.ChecksumStart, decision.Owed.ChecksumOffset), where);
                Assert.Equal(truth.Start != 0, decision.Owed.Checksum == ChecksumState.Partial);
            });
        }
    }

    private static IEnumerable<string> Recordings =>
        Directory.EnumerateFiles(Corpus.PathOf("own"), "*.vnethdr.pcap").Order(StringComparer.Ordinal);

    private static int Compare(string path, bool keepSyns, Action<Truth, PacketDecision, string> compare)
    {
        int superFrames = 0;
        using CaptureReader reader = CaptureReader.Open(path);
        var inference = new OffloadInference(new InferenceOptions());
        var window = new CaptureWindow();
        var layout = default(PacketLayout);
        while (reader.Read(window))
        {
            var truths = new Truth[window.Records.Length];
            for (int i = 0; i < truths.Length; i++)
                truths[i] = Unwrap(window, i, keepSyns);
            inference.Observe(window);
            for (int i = 0; i < truths.Length; i++)
            {
                PacketDecision decision = inference.Decide(window, i, ref layout);
                superFrames += truths[i].GsoSize != 0 ? 1 : 0;
                compare(truths[i], decision, $"{Path.GetFileName(path)} packet {window.FirstPacketNumber + i}");
            }
        }
        return superFrames;
    }

    private static Truth Unwrap(CaptureWindow window, int index, bool keepSyns)
    {
        ref CaptureRecord record = ref window.Records[index];
        ReadOnlySpan<byte> header = window.Buffer.AsSpan(record.DataOffset, VnetHeader);
        record.DataOffset += VnetHeader;
        record.CapturedLength -= VnetHeader;
        record.OriginalLength -= VnetHeader;
        record.LinkType = LinkType.Ethernet;
        Span<byte> frame = window.Data(in record);
        if (!keepSyns)
            ForgetSyn(frame);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(header[4..]);
        return new Truth(size, BinaryPrimitives.ReadUInt16LittleEndian(header[6..]), BinaryPrimitives.ReadUInt16LittleEndian(header[8..]));
    }

    // A SYN without options (all NOP) says no MSS.
    private static void ForgetSyn(Span<byte> frame)
    {
        var layout = default(PacketLayout);
        PacketWalk.Walk(frame, frame.Length, LinkType.Ethernet, ref layout);
        if (layout.InnerTransport < 0 || layout[layout.InnerTransport].Kind != LayerKind.Tcp)
            return;
        Layer tcp = layout[layout.InnerTransport];
        if ((frame[tcp.Offset + TcpHeader.FlagsOffset] & TcpFields.Syn) != 0)
            frame[(tcp.Offset + TcpHeader.MinimumSize)..tcp.ContentOffset].Fill(1);
    }

    private readonly record struct Truth(int GsoSize, int Start, int Offset);
}
