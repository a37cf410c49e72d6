using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Packets;

public sealed class PacketCopyingTests
{
    private static readonly OffloadState Owed = new() { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 16 };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(64, 0)]
    [InlineData(0, 64)]
    [InlineData(5000, 7000)]
    public void A_head_is_expanded_and_the_checksum_starts_at_the_same_byte(int headroom, int tailroom)
    {
        using var pool = new PacketPool();
        var page = new Page(Frames.Payload(100));
        using (Packet packet = pool.Rent(page, 0, 100, Owed))
        {
            packet.ExpandHead(headroom, tailroom);
            Assert.Equal(headroom, packet.Headroom);
            Assert.True(packet.Tailroom >= tailroom);
            Assert.Equal(Owed, packet.Offload);
            Assert.Equal(1, page.References);
            packet.Push(headroom).Clear();
            Assert.Equal(34 + headroom, packet.Offload.ChecksumStart);
            Assert.Equal(page.Bytes[34], packet.Linear[packet.Offload.ChecksumStart]);
            packet.Put(tailroom).Clear();
            Assert.Equal(page.Bytes, packet.Linear.Slice(headroom, 100).ToArray());
        }
        Assert.Equal(0, pool.OutstandingPages);
    }

    [Fact]
    public void Expanding_the_head_adds_to_the_room_that_is_there_and_keeps_walk_and_parts()
    {
        using var pool = new PacketPool();
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(10)));
        using Packet packet = pool.Rent(frame, default);
        var page = new Page(new byte[10]);
        packet.AddFragment(page, 0, 10);
        packet.Walk();
        packet.ExpandHead(7, 0);
        Assert.Equal(PacketPool.DefaultHeadroom + 7, packet.Headroom);
        Assert.True(packet.IsWalked);
        Assert.Equal(frame.Length + 10, packet.Length);
        Assert.Equal(frame, packet.Linear.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => packet.ExpandHead(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => packet.ExpandHead(0, -1));
    }

    [Fact]
    public void Expanding_the_head_of_a_clone_gives_it_bytes_of_its_own()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent([1, 2, 3], default);
        using Packet clone = packet.Clone();
        clone.ExpandHead(0, 0);
        clone.Linear.Clear();
        Assert.Equal([1, 2, 3], packet.Linear.ToArray());
    }

    [Fact]
    public void A_copy_is_linear_and_shares_nothing()
    {
        using var pool = new PacketPool();
        var page = new Page(Frames.Payload(30));
        using Packet packet = PacketSharingTests.InParts(pool, page);
        packet.Offload = Owed;
        packet.MissingTail = 3;
        using Packet copy = packet.Copy();
        Assert.True(copy.IsLinear);
        Assert.Equal(packet.Headroom, copy.Headroom);
        Assert.Equal(Owed, copy.Offload);
        Assert.Equal(3, copy.MissingTail);
        copy.Linear.Clear();
        Assert.Equal(Frames.Payload(30)[..26], Cutter.Bytes(packet));
        Assert.False(packet.IsShared);
        Assert.Equal(4, page.References);
    }

    [Theory]
    [InlineData(GsoType.TcpV4 | GsoType.FragmentList, 1000)]
    [InlineData(GsoType.Sctp, OffloadState.GsoByFragmentList)]
    public void A_list_that_says_where_segments_end_is_copied_packet_by_packet(GsoType type, int size)
    {
        using var pool = new PacketPool();
        var page = new Page(Frames.Payload(30));
        Packet packet = PacketSharingTests.InParts(pool, page);
        packet.AddToFragmentList(pool.Rent(page, 26, 4, default));
        packet.Offload = new OffloadState { GsoType = type, GsoSize = size };
        using Packet copy = packet.Copy();
        packet.Dispose();
        Assert.Equal(1, page.References);
        Assert.Equal(page.Bytes, Cutter.Bytes(copy));
        Assert.Equal(16, copy.LinearLength);
        Assert.Equal(10, copy.FragmentList!.LinearLength);
        Assert.Equal(4, copy.FragmentList.Next!.LinearLength);
        Assert.Equal(type, copy.Offload.GsoType);
    }

    [Fact]
    public void Pulling_headers_together_leaves_a_list_that_says_where_segments_end()
    {
        using var pool = new PacketPool();
        var page = new Page(Frames.Payload(30));
        using Packet packet = PacketSharingTests.InParts(pool, page);
        packet.Offload = new OffloadState { GsoType = GsoType.UdpL4 | GsoType.FragmentList, GsoSize = 10 };
        Assert.True(packet.EnsureLinear(12));
        Assert.Equal(16, packet.LinearLength);
        Assert.Equal(10, packet.FragmentList!.Length);
        Assert.True(packet.Offload.IsCutAtFragmentList);
        Assert.Equal(Frames.Payload(30)[..26], Cutter.Bytes(packet));
    }

    [Fact]
    public void Making_it_linear_ends_the_cut_at_the_fragment_list()
    {
        using var pool = new PacketPool();
        using Packet packet = PacketSharingTests.InParts(pool, new Page(Frames.Payload(30)));
        packet.Offload = new OffloadState { GsoType = GsoType.UdpL4 | GsoType.FragmentList, GsoSize = 10 };
        packet.Linearize();
        Assert.Equal(new OffloadState { GsoType = GsoType.UdpL4, GsoSize = 10 }, packet.Offload);
        Assert.Equal(Frames.Payload(30)[..26], Cutter.Bytes(packet));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(6, true)]
    public void Pieces_are_gathered_without_copying(int room, bool fits)
    {
        using var pool = new PacketPool();
        var page = new Page(Frames.Payload(30));
        using Packet packet = PacketSharingTests.InParts(pool, page);
        var parts = new PageFragment[room];
        Assert.Equal(fits, packet.TryGather(parts, out int count));
        Assert.Equal(4, count);
        byte[] gathered = [.. parts.Take(count).SelectMany(part => part.Span.ToArray())];
        Assert.Equal(Cutter.Bytes(packet)[..gathered.Length], gathered);
        Assert.Equal(fits ? 26 : gathered.Length, gathered.Length);
        if (room > 1)
            Assert.Same(page, parts[1].Page);
        Assert.Equal(4, page.References);
    }
}
