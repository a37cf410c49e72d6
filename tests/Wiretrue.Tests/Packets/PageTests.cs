using Wiretrue.Packets;

namespace Wiretrue.Tests.Packets;

public sealed class PageTests
{
    [Fact]
    public void A_foreign_page_is_given_back_once_when_the_last_reference_goes()
    {
        int given = 0;
        var page = new Page(new byte[100], _ => given++);
        using var pool = new PacketPool();
        Packet a = pool.Rent(page, 0, 10, default);
        Packet b = pool.Rent(page, 10, 90, default);
        Assert.Equal(3, page.References);
        page.Release();
        a.Dispose();
        Assert.Equal(0, given);
        b.Dispose();
        Assert.Equal(1, given);
        Assert.Equal(0, page.References);
    }

    [Fact]
    public void A_page_that_was_given_back_can_be_used_again_and_one_in_use_cannot()
    {
        var page = new Page(new byte[10]);
        Assert.Throws<InvalidOperationException>(page.Reuse);
        page.Release();
        page.Reuse();
        Assert.Equal(1, page.References);
    }

    [Fact]
    public void A_release_too_many_is_an_error()
    {
        var page = new Page(new byte[10]);
        page.Release();
        Assert.Throws<InvalidOperationException>(() => page.Release());
    }

    [Fact]
    public void A_pooled_page_is_not_released_behind_its_pool_s_back()
    {
        using var pool = new PacketPool();
        Page page = pool.RentPage(10);
        Assert.False(page.IsForeign);
        Assert.Throws<InvalidOperationException>(() => page.Release());
        pool.Release(page);
        Assert.Equal(0, pool.OutstandingPages);
    }

    [Fact]
    public void The_only_reference_becomes_several_and_all_of_them_go_at_once_or_one_by_one()
    {
        using var pool = new PacketPool();
        Page page = pool.RentPage(10);
        page.MultiplyReference(5);
        Assert.Equal(5, page.References);
        Assert.False(page.DropReferences(2));
        Assert.Equal(3, page.References);
        Assert.True(page.DropReferences(3));
        Assert.Equal(0, page.References);
        Assert.Throws<InvalidOperationException>(() => page.DropReferences(1));
        pool.Return(page);
    }
}
