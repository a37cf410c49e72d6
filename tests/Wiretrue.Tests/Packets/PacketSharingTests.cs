using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Packets;

public sealed class PacketSharingTests
{
    private static readonly OffloadState Owed = new() { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 16 };

    [Fact]
    public void A_clone_has_the_bytes_of_the_same_pages_and_its_own_state()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Frames.Payload(100), Owed);
        packet.MissingTail = 9;
        packet.LinkType = LinkType.Raw;
        using Packet clone = packet.Clone();
        Assert.Same(packet.LinearFragment.Page, clone.LinearFragment.Page);
        Assert.Equal(2, pool.OutstandingPackets);
        Assert.Equal(1, pool.OutstandingPages);
        Assert.Equal(Owed, clone.Offload);
        Assert.Equal(9, clone.MissingTail);
        Assert.Equal(LinkType.Raw, clone.LinkType);
        clone.Pull(10);
        Assert.Equal(24, clone.Offload.ChecksumStart);
        Assert.Equal(Owed, packet.Offload);
        Assert.Equal(100, packet.Length);
    }

    [Fact]
    public void A_clone_of_a_walked_packet_need_not_be_walked()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(10))), default);
        packet.Walk();
        using Packet clone = packet.Clone();
        Assert.True(clone.IsWalked);
        Assert.Equal(LayerKind.Tcp, clone.Layout[clone.Layout.OuterTransport].Kind);
    }

    [Fact]
    public void A_clone_shares_fragments_and_has_a_list_of_clones()
    {
        using var pool = new PacketPool();
        var page = new Page(Frames.Payload(30));
        Packet packet = InParts(pool, page);
        byte[] bytes = Cutter.Bytes(packet);
        Packet clone = packet.Clone();
        Assert.Equal(7, page.References);
        Assert.NotSame(packet.FragmentList, clone.FragmentList);
        packet.Dispose();
        Assert.Equal(bytes, Cutter.Bytes(clone));
        clone.Dispose();
        Assert.Equal(1, page.References);
        Assert.Equal(0, pool.OutstandingPackets + pool.OutstandingPages);
    }

    [Fact]
    public void Written_headers_are_the_writer_s_alone()
    {
        using var pool = new PacketPool();
        byte[] bytes = Frames.Payload(200);
        using Packet packet = pool.Rent(bytes, Owed);
        using Packet clone = packet.Clone();
        Assert.True(packet.IsShared);
        Assert.True(clone.IsShared);
        Assert.True(clone.EnsureWritable(54, headroom: 8));
        Assert.False(clone.IsShared);
        clone.Linear[..54].Clear();
        clone.Push(8).Fill(1);
        Assert.Equal(bytes, Cutter.Bytes(packet));
        Assert.Equal(42, clone.Offload.ChecksumStart);
        // Nobody else points at the packet's page now.
        Assert.False(packet.IsShared);
    }

    [Fact]
    public void Only_the_headers_of_a_long_packet_are_copied()
    {
        using var pool = new PacketPool();
        byte[] bytes = Frames.Payload(64 * 1024);
        var page = new Page(bytes.AsSpan().ToArray());
        using Packet packet = pool.Rent(page, 0, bytes.Length, Owed);
        using Packet clone = packet.Clone();
        Assert.True(clone.EnsureWritable(54));
        clone.Linear[0] ^= 0xFF;
        Assert.Equal(bytes[0], packet.Linear[0]);
        Assert.Equal(1, clone.Fragments.Length);
        Assert.Same(page, clone.Fragments[0].Page);
        Assert.True(clone.LinearLength < 1000);
        clone.Linear[0] ^= 0xFF;
        Assert.Equal(bytes, Cutter.Bytes(clone));
        Assert.Equal(3, page.References);
    }

    [Fact]
    public void With_17_fragments_the_whole_linear_area_is_copied()
    {
        using var pool = new PacketPool();
        var page = new Page(Frames.Payload(2000));
        using Packet packet = pool.Rent(page, 0, 1500, default);
        for (int i = 0; i < Packet.MaxFragments; i++)
            packet.AddFragment(page, i, 10);
        using Packet clone = packet.Clone();
        byte[] bytes = Cutter.Bytes(packet);
        Assert.True(clone.EnsureWritable(54));
        Assert.Equal(1500, clone.LinearLength);
        Assert.Equal(bytes, Cutter.Bytes(clone));
    }

    [Fact]
    public void Bytes_that_are_the_packet_s_own_are_not_copied()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Frames.Payload(100), Owed);
        Page page = packet.LinearFragment.Page;
        Assert.True(packet.EnsureWritable(100, headroom: PacketPool.DefaultHeadroom));
        Assert.Same(page, packet.LinearFragment.Page);
        Packet clone = packet.Clone();
        clone.Dispose();
        Assert.False(packet.IsShared);
        Assert.True(packet.EnsureWritable(100));
        Assert.Same(page, packet.LinearFragment.Page);
        Assert.False(packet.EnsureWritable(101));
    }

    [Fact]
    public void A_page_with_several_references_is_not_shared_for_that_alone()
    {
        using var pool = new PacketPool();
        var page = new Page(new byte[100]);
        using Packet a = pool.Rent(page, 0, 50, default);
        using Packet b = pool.Rent(page, 50, 50, default);
        Assert.False(a.IsShared);
        Assert.True(a.EnsureWritable(50));
        Assert.Same(page, a.LinearFragment.Page);
    }

    [Fact]
    public void A_packet_that_is_lent_again_is_not_shared()
    {
        using var pool = new PacketPool();
        var page = new Page(new byte[100]);
        Packet packet = pool.Rent(page, 0, 50, default);
        Packet clone = packet.Clone();
        clone.Dispose();
        packet.Dispose();
        using Packet again = pool.Rent(page, 0, 50, default);
        Assert.False(again.IsShared);
    }

    [Fact]
    public void Making_a_shared_packet_linear_gives_it_bytes_of_its_own()
    {
        using var pool = new PacketPool();
        var page = new Page(Frames.Payload(30));
        using Packet packet = InParts(pool, page);
        using Packet clone = packet.Clone();
        clone.Linearize();
        Assert.False(clone.IsShared);
        clone.Linear.Clear();
        Assert.Equal(Frames.Payload(30)[..26], Cutter.Bytes(packet));
    }

    [Fact]
    public void A_slice_is_any_range_of_the_bytes_over_the_same_pages()
    {
        using var pool = new PacketPool();
        var page = new Page(Frames.Payload(30));
        using Packet packet = InParts(pool, page);
        byte[] bytes = Cutter.Bytes(packet);
        for (int offset = 0; offset <= bytes.Length; offset++)
        {
            for (int length = 0; length <= bytes.Length - offset; length++)
            {
                int pages = pool.OutstandingPages;
                using Packet slice = packet.Slice(offset, length);
                Assert.Equal(bytes.AsSpan(offset, length).ToArray(), Cutter.Bytes(slice));
                Assert.Equal(length, slice.Length);
                Assert.Equal(pages, pool.OutstandingPages);
                Assert.Equal(default, slice.Offload);
            }
        }
        Assert.Equal(4, page.References);
        Assert.Throws<ArgumentOutOfRangeException>(() => packet.Slice(0, bytes.Length + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => packet.Slice(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => packet.Slice(2, -1));
    }

    [Fact]
    public void A_slice_of_many_pieces_goes_on_in_a_fragment_list()
    {
        using var pool = new PacketPool();
        var page = new Page(Frames.Payload(200));
        using Packet packet = pool.Rent(page, 0, 2, default);
        for (int i = 0; i < Packet.MaxFragments; i++)
            packet.AddFragment(page, 2 + i, 1);
        for (int k = 0; k < 3; k++)
        {
            Packet next = pool.Rent(page, 19 + (k * 18), 1, default);
            for (int i = 0; i < Packet.MaxFragments; i++)
                next.AddFragment(page, 20 + (k * 18) + i, 1);
            packet.AddToFragmentList(next);
        }
        byte[] bytes = Cutter.Bytes(packet);
        Assert.Equal(73, bytes.Length);
        using Packet slice = packet.Slice(1, 71);
        Assert.Equal(bytes[1..72], Cutter.Bytes(slice));
        Assert.NotNull(slice.FragmentList);
    }

    [Fact]
    public void Writing_into_a_slice_or_what_it_was_taken_from_changes_the_one_alone()
    {
        using var pool = new PacketPool();
        byte[] bytes = Frames.Payload(100);
        using Packet packet = pool.Rent(bytes, default);
        using Packet a = packet.Slice(0, 50);
        using Packet b = packet.Slice(10, 50);
        foreach (Packet each in (Packet[])[packet, a])
        {
            Assert.True(each.EnsureWritable(20));
            each.Linear[..20].Clear();
        }
        Assert.Equal(bytes[10..60], Cutter.Bytes(b));
        Assert.Equal(bytes[20..50], Cutter.Bytes(a)[20..]);
    }

    /// <summary>Bytes 0 to 25 of a page: 6 linear, 4 and 6 in fragments, 10 in a packet of the list; the page's are all but the first.</summary>
    internal static Packet InParts(PacketPool pool, Page page)
    {
        Packet packet = pool.Rent(page.Bytes.AsSpan(0, 6), default);
        packet.AddFragment(page, 6, 4);
        packet.AddFragment(page, 10, 6);
        packet.AddToFragmentList(pool.Rent(page, 16, 10, default));
        return packet;
    }
}
