using Wiretrue.Captures.Formats.Sources;

namespace Wiretrue.Captures.Tests.Formats.Sources;

public sealed class ByteSourceTests
{
    [Fact]
    public void What_was_peeked_at_is_read_again()
    {
        byte[] bytes = Reading.Packet(100);
        for (int peek = 0; peek <= 64; peek++)
        {
            using StreamSource source = new(new MemoryStream(bytes), leaveOpen: false);
            Assert.Equal(bytes[..(peek / 2)], source.Peek(peek / 2).ToArray());
            Assert.Equal(bytes[..peek], source.Peek(peek).ToArray());
            Assert.Equal(peek, source.Consumed);
            using MemoryStream all = new();
            byte[] some = new byte[7];
            for (int got = source.Read(some); got > 0; got = source.Read(some)) all.Write(some, 0, got);
            Assert.Equal(bytes, all.ToArray());
            Assert.Equal(100, source.Consumed);
        }
    }

    [Fact]
    public void A_peek_beyond_the_end_gives_what_there_is()
    {
        using StreamSource source = new(new MemoryStream([1, 2, 3]), leaveOpen: false);
        Assert.Equal([1, 2, 3], source.Peek(64).ToArray());
        Assert.Equal([1, 2], source.Peek(2).ToArray());
        Assert.Equal(3, source.Read(new byte[10]));
        Assert.Equal(0, source.Read(new byte[10]));
    }

    [Fact]
    public void A_stream_has_a_length_only_where_it_knows_one()
    {
        using StreamSource known = new(new MemoryStream([1, 2, 3]), leaveOpen: false);
        using StreamSource empty = new(new MemoryStream(), leaveOpen: false); // as the files of /proc are
        using StreamSource pipe = new(new SourceStream(known), leaveOpen: true);
        Assert.Equal(3, known.Length);
        Assert.Null(empty.Length);
        Assert.Null(pipe.Length);
    }

    [Fact]
    public void A_source_as_a_stream_gives_the_same_bytes_and_nothing_else()
    {
        using SourceStream stream = new(new StreamSource(new MemoryStream([1, 2, 3]), leaveOpen: false));
        byte[] three = new byte[5];
        Assert.Equal(2, stream.Read(three, 1, 2));
        Assert.Equal([0, 1, 2, 0, 0], three);
        Assert.Equal((true, false, false), (stream.CanRead, stream.CanSeek, stream.CanWrite));
        Assert.Throws<NotSupportedException>(() => stream.Length);
        Assert.Throws<NotSupportedException>(() => stream.Write(three, 0, 1));
    }
}
