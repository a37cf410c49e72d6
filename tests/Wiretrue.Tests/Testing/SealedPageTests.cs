using System.Runtime.CompilerServices;
using Wiretrue.Packets;
using Wiretrue.Testing;

namespace Wiretrue.Tests.Testing;

public class SealedPageTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(70_000)]
    public void The_bytes_are_there_again_when_it_is_opened(int length)
    {
        using var page = new SealedPage(length);
        Assert.True(page.Length >= length);
        page.Span.Fill(0xA5);
        page.Seal();
        page.Open();
        Assert.False(page.Span.ContainsAnyExcept((byte)0xA5));
    }

    // What the tests stand on that say that no payload was read: the kernel's own list shows the memory as closed.
    [Fact]
    public void Nobody_may_look_while_it_is_sealed()
    {
        using var page = new SealedPage(9000);
        nuint first = Address(page, 0), last = Address(page, page.Length - 1), behind = Address(page, page.Length);
        Assert.Equal(("rw-p", "rw-p"), (MemoryRights.At(first), MemoryRights.At(last)));
        page.Seal();
        Assert.Equal(("---p", "---p"), (MemoryRights.At(first), MemoryRights.At(last)));
        Assert.Equal("rw-p", MemoryRights.At(behind));
        page.Open();
        Assert.Equal(("rw-p", "rw-p"), (MemoryRights.At(first), MemoryRights.At(last)));
    }

    [Fact]
    public void A_packet_points_into_it_and_its_headers_can_be_worked_on()
    {
        using var page = new SealedPage(4096);
        using var pool = new PacketPool();
        page.Span[..100].Fill(7);
        Packet packet = pool.Rent(headroom: 64, tailroom: 0);
        packet.AddFragment(page.Page, page.Start, 100);
        page.Seal();
        packet.Push(20).Clear();
        Assert.Equal(120, packet.Length);
        page.Open();
        byte[] bytes = new byte[120];
        packet.CopyTo(bytes);
        Assert.Equal((0, 7), (bytes[19], bytes[20]));
        packet.Dispose();
        Assert.Equal(1, page.Page.References);
    }

    private static unsafe nuint Address(SealedPage page, int offset) => (nuint)Unsafe.AsPointer(ref page.Page.Bytes[page.Start + offset]);
}
