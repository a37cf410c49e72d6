using Wiretrue.Testing;

namespace Wiretrue.Tests.Testing;

public class GuardedBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(70_000)]
    public void A_buffer_has_whole_pages_that_can_be_written_from_end_to_end(int length)
    {
        using var buffer = new GuardedBuffer(length);
        Assert.True(buffer.Length >= length);
        Assert.Equal(0, buffer.Length % Environment.SystemPageSize);
        Assert.Equal(buffer.Length, buffer.Span.Length);
        buffer.Span.Fill(0xA5);
        Assert.False(buffer.Span.ContainsAnyExcept((byte)0xA5));
    }

    // What the tests of over-reads stand on: the kernel's own list shows the pages around the buffer as closed to reading and writing.
    [Fact]
    public unsafe void The_pages_on_both_sides_may_not_be_touched()
    {
        using var buffer = new GuardedBuffer(1);
        fixed (byte* first = buffer.Span)
        {
            Assert.Equal("rw-p", MemoryRights.At((nuint)first));
            Assert.Equal("rw-p", MemoryRights.At((nuint)first + (nuint)buffer.Length - 1));
            Assert.Equal("---p", MemoryRights.At((nuint)first - 1));
            Assert.Equal("---p", MemoryRights.At((nuint)first + (nuint)buffer.Length));
        }
    }

    [Fact]
    public void A_disposed_buffer_gives_no_bytes_any_more()
    {
        var buffer = new GuardedBuffer(1);
        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.Span.Length);
    }
}
