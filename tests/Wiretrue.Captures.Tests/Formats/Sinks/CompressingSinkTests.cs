using System.IO.Compression;
using Wiretrue.Captures.Formats.Interop;
using Wiretrue.Captures.Formats.Sinks;

namespace Wiretrue.Captures.Tests.Formats.Sinks;

public sealed class CompressingSinkTests
{
    [Fact]
    public void Gzip_ends_with_its_trailer_once_finished()
    {
        CollectingSink collected = new();
        using GzipSink sink = new(collected);
        byte[] sent = Send(sink);
        using GZipStream stream = new(new MemoryStream(collected.Bytes), CompressionMode.Decompress);
        using MemoryStream all = new();
        stream.CopyTo(all);
        Assert.Equal(sent, all.ToArray());
        Assert.True(collected.IsFinished);
        Assert.False(sink.CanRevise);
    }

    [ZstdFact]
    public void A_zstd_frame_is_whole_once_finished()
    {
        CollectingSink collected = new();
        using ZstdSink sink = new(collected);
        byte[] sent = Send(sink);
        using ZstdDecoder decoder = new();
        byte[] all = new byte[sent.Length + 1];
        (int taken, int given) = decoder.Decompress(collected.Bytes, all);
        Assert.Equal((collected.Bytes.Length, sent.Length), (taken, given));
        Assert.True(decoder.IsAtFrameEnd);
        Assert.Equal(sent, all[..given]);
        Assert.True(collected.IsFinished);
    }

    [Fact]
    public void Gzip_that_was_flushed_can_be_read_so_far()
    {
        CollectingSink collected = new();
        using GzipSink sink = new(collected);
        for (int i = 1; i <= 3; i++)
        {
            sink.Write(Reading.Packet(100, i));
            sink.Flush();
            using GZipStream stream = new(new MemoryStream(collected.Bytes), CompressionMode.Decompress);
            byte[] all = new byte[100 * i];
            stream.ReadExactly(all);
            Assert.Equal(Reading.Packet(100, i), all[^100..]);
        }
    }

    [ZstdFact]
    public void Zstd_that_was_flushed_can_be_read_so_far()
    {
        CollectingSink collected = new();
        using ZstdSink sink = new(collected);
        for (int i = 1; i <= 3; i++)
        {
            sink.Write(Reading.Packet(100, i));
            sink.Flush();
            using ZstdDecoder decoder = new();
            byte[] all = new byte[1000];
            Assert.Equal(100 * i, decoder.Decompress(collected.Bytes, all).Given);
            Assert.Equal(Reading.Packet(100, i), all[(100 * (i - 1))..(100 * i)]);
            Assert.False(decoder.IsAtFrameEnd);
        }
    }

    [ZstdFact]
    public void Bytes_that_are_no_zstd_are_damaged()
    {
        using ZstdDecoder decoder = new();
        Assert.Throws<InvalidDataException>(() => decoder.Decompress(new byte[100], new byte[100]));
    }

    [Fact]
    public void An_output_stream_can_only_be_written()
    {
        using SinkStream stream = new(new CollectingSink());
        Assert.Equal((false, false, true), (stream.CanRead, stream.CanSeek, stream.CanWrite));
        Assert.Throws<NotSupportedException>(() => stream.Position);
        Assert.Throws<NotSupportedException>(() => stream.ReadByte());
    }

    private static byte[] Send(ByteSink sink)
    {
        Random random = new(4);
        List<byte> sent = [];
        for (int i = 0; i < 100; i++)
        {
            byte[] some = Reading.Packet(random.Next(10_000), i);
            sink.Write(some);
            sent.AddRange(some);
        }

        sink.Finish();
        return [.. sent];
    }

    private sealed class CollectingSink : ByteSink
    {
        private readonly MemoryStream _all = new();

        public byte[] Bytes => _all.ToArray();

        public bool IsFinished { get; private set; }

        public override void Write(ReadOnlySpan<byte> bytes) => _all.Write(bytes);

        public override void Finish() => IsFinished = true;

        public override void Dispose() => _all.Dispose();
    }
}
