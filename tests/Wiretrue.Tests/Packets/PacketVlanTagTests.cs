using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Packets;

public sealed class PacketVlanTagTests : IDisposable
{
    private static readonly byte[] Datagram = Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(99));

    private static readonly byte[] Plain = Frames.Ethernet(Datagram);
    private static readonly byte[] Tagged = Frames.Ethernet(Datagram, (0x8100, 0x2005));
    private static readonly byte[] Twice = Frames.Ethernet(Datagram, (0x88A8, 7), (0x8100, 0x2005));

    private static readonly OffloadState Owed = new() { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 6 };

    private readonly PacketPool _pool = new();

    public void Dispose() => _pool.Dispose();

    [Fact]
    public void A_tag_outside_is_written_behind_the_addresses_and_what_is_owed_moves_on()
    {
        using Packet packet = _pool.Rent(Plain, Owed with { VlanProtocol = 0x8100, VlanTci = 0x2005 });
        Assert.True(packet.InsertVlanTag());
        Assert.Equal(Tagged, Cutter.Bytes(packet));
        Assert.Equal(Owed with { ChecksumStart = 38 }, packet.Offload);
        packet.Walk();
        Assert.Equal(LayerKind.Vlan, packet.Layout[1].Kind);
    }

    [Fact]
    public void Without_a_tag_outside_nothing_is_written()
    {
        using Packet packet = _pool.Rent(Plain, Owed);
        Assert.True(packet.InsertVlanTag());
        Assert.Equal(Plain, Cutter.Bytes(packet));
    }

    [Fact]
    public void A_tag_is_written_into_bytes_of_the_packet_s_own()
    {
        var page = new Page([.. Plain]);
        using Packet packet = _pool.Rent(page, 0, Plain.Length, Owed with { VlanProtocol = 0x8100, VlanTci = 0x2005 });
        using Packet clone = packet.Clone();
        Assert.True(packet.InsertVlanTag());
        Assert.Equal(Tagged, Cutter.Bytes(packet));
        Assert.Equal(Plain, Cutter.Bytes(clone));
        Assert.Equal(0x2005, clone.Offload.VlanTci);
    }

    [Fact]
    public void A_tag_is_written_though_the_addresses_lie_in_parts()
    {
        using Packet packet = _pool.Rent(Plain.AsSpan(0, 5), Owed with { VlanProtocol = 0x8100, VlanTci = 0x2005 });
        packet.AddFragment(new Page(Plain), 5, Plain.Length - 5);
        Assert.True(packet.InsertVlanTag());
        Assert.Equal(Tagged, Cutter.Bytes(packet));
    }

    [Theory]
    [InlineData(13, LinkType.Ethernet)]
    [InlineData(100, LinkType.Raw)]
    public void What_is_no_Ethernet_frame_has_no_place_for_a_tag(int length, LinkType link)
    {
        OffloadState state = new() { VlanProtocol = 0x8100, VlanTci = 5 };
        using Packet packet = _pool.Rent(Plain.AsSpan(0, length), state);
        packet.LinkType = link;
        Assert.False(packet.InsertVlanTag());
        Assert.False(packet.PushVlanTag(0x8100, 6));
        Assert.Equal(Plain[..length], Cutter.Bytes(packet));
        Assert.Equal(state, packet.Offload);
    }

    [Fact]
    public void The_outermost_tag_comes_out_of_the_bytes_and_no_second_one()
    {
        using Packet packet = _pool.Rent(Twice, Owed with { ChecksumStart = 42 });
        packet.ExtractVlanTag();
        packet.ExtractVlanTag();
        Assert.Equal(Tagged, Cutter.Bytes(packet));
        Assert.Equal(Owed with { ChecksumStart = 38, VlanProtocol = 0x88A8, VlanTci = 7 }, packet.Offload);
    }

    [Theory]
    [InlineData(0x0800)]
    [InlineData(0x9100)]
    public void Another_type_is_no_tag(int type)
    {
        byte[] frame = [.. Tagged];
        frame[12] = (byte)(type >> 8);
        frame[13] = (byte)type;
        using Packet packet = _pool.Rent(frame, default);
        packet.ExtractVlanTag();
        Assert.False(packet.Offload.HasVlanTag);
        Assert.Equal(frame, Cutter.Bytes(packet));
    }

    [Fact]
    public void A_tag_cut_short_stays_where_it_is()
    {
        for (int length = 0; length < 18; length++)
        {
            using Packet packet = _pool.Rent(Tagged.AsSpan(0, length), default);
            packet.ExtractVlanTag();
            Assert.Equal(Tagged[..length], Cutter.Bytes(packet));
        }
    }

    [Fact]
    public void Out_and_in_again_is_the_same_frame_and_a_clone_keeps_its_own()
    {
        using Packet packet = _pool.Rent(Twice, Owed with { ChecksumStart = 42 });
        using Packet clone = packet.Clone();
        packet.ExtractVlanTag();
        Assert.Equal(Twice, Cutter.Bytes(clone));
        Assert.True(packet.InsertVlanTag());
        Assert.Equal(Twice, Cutter.Bytes(packet));
        Assert.Equal(clone.Offload, packet.Offload);
    }

    [Fact]
    public void A_pushed_tag_stands_outside_and_sends_the_one_before_into_the_bytes()
    {
        using Packet packet = _pool.Rent(Plain, Owed);
        Assert.True(packet.PushVlanTag(0x8100, 0x2005));
        Assert.Equal(Plain, Cutter.Bytes(packet));
        Assert.True(packet.PushVlanTag(0x88A8, 7));
        Assert.Equal(Tagged, Cutter.Bytes(packet));
        Assert.Equal(Owed with { ChecksumStart = 38, VlanProtocol = 0x88A8, VlanTci = 7 }, packet.Offload);
        Assert.Throws<ArgumentOutOfRangeException>(() => packet.PushVlanTag(0x0800, 7));
    }

    [Fact]
    public void A_popped_tag_brings_the_next_one_out()
    {
        using Packet packet = _pool.Rent(Twice, Owed with { ChecksumStart = 42 });
        packet.PopVlanTag();
        Assert.Equal(Owed with { VlanProtocol = 0x8100, VlanTci = 0x2005 }, packet.Offload);
        Assert.Equal(Plain, Cutter.Bytes(packet));
        packet.PopVlanTag();
        packet.PopVlanTag();
        Assert.Equal(Owed, packet.Offload);
        Assert.Equal(Plain, Cutter.Bytes(packet));
    }

    /// <summary>A receiver's sum begins behind the Ethernet header, so that it counts the tag; or behind the tag.</summary>
    [Theory]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(18)]
    [InlineData(20)]
    public void A_receiver_s_sum_loses_the_tag_that_comes_out(int start)
    {
        var state = new OffloadState
        {
            Checksum = ChecksumState.Complete,
            ChecksumStart = start,
            CompleteSum = PlainSum.Sum(Tagged.AsSpan(start), 0),
        };
        using Packet packet = _pool.Rent(Tagged, state);
        packet.ExtractVlanTag();
        Assert.Equal(ChecksumState.Complete, packet.Offload.Checksum);
        int now = packet.Offload.ChecksumStart;
        Assert.Equal(Math.Max(14, start - 4), now);
        Assert.Equal(PlainSum.Sum(Plain.AsSpan(now), 0), packet.Offload.CompleteSum);

        Assert.True(packet.InsertVlanTag());
        Assert.Equal(PlainSum.Sum(Tagged.AsSpan(packet.Offload.ChecksumStart), 0), packet.Offload.CompleteSum);
    }

    [Fact]
    public void A_receiver_s_sum_that_began_before_the_tag_s_place_is_forgotten_when_one_goes_in()
    {
        var state = new OffloadState { Checksum = ChecksumState.Complete, CompleteSum = 1, VlanProtocol = 0x8100 };
        using Packet packet = _pool.Rent(Plain, state);
        Assert.True(packet.InsertVlanTag());
        Assert.Equal(default, packet.Offload);
    }
}
