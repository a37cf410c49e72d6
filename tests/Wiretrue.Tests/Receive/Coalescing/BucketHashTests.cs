using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Receive.Coalescing;

public sealed class BucketHashTests
{
    private static readonly byte[] Plain = Segment.InOrder(1)[0].Build();

    [Fact]
    public void Frames_of_a_flow_have_one_hash()
    {
        foreach (IPFields ip in (IPFields[])[new IPv4Fields(), new IPv6Fields()])
        {
            IEnumerable<uint> hashes = Segment.InOrder(5, ip: ip).Select((s, i) => Hash((s with { Tcp = s.Tcp with { Window = (ushort)i } }).Build()));
            Assert.Single(hashes.Distinct());
        }
    }

    [Fact]
    public void Addresses_and_ports_make_other_hashes()
    {
        Segment segment = Segment.InOrder(1)[0];
        Segment six = segment with { IP = new IPv6Fields() };
        Segment[] flows =
        [
            segment, six,
            segment with { IP = new IPv4Fields { Source = new([192, 0, 2, 9]) } }, segment with { IP = new IPv4Fields { Destination = new([192, 0, 2, 9]) } },
            segment with { Tcp = new TcpFields { SourcePort = 1 } }, segment with { Tcp = new TcpFields { DestinationPort = 1 } },
            six with { Tcp = new TcpFields { SourcePort = 1 } }, six with { IP = new IPv6Fields { Destination = new IPv6Fields().Source } },
        ];
        Assert.Equal(flows.Length, flows.Select(s => Hash(s.Build())).Distinct().Count());
    }

    [Fact]
    public void Tags_are_looked_behind_and_a_third_one_is_not()
    {
        Segment segment = Segment.InOrder(1)[0];
        uint hash = Hash(Plain);
        Assert.Equal(hash, Hash((segment with { Tags = [(0x8100, 5)] }).Build()));
        Assert.Equal(hash, Hash((segment with { Tags = [(0x88A8, 5), (0x8100, 6)] }).Build()));
        Assert.Equal(0u, Hash((segment with { Tags = [(0x8100, 5), (0x8100, 6), (0x8100, 7)] }).Build()));
        Assert.Equal(hash, Hash(Plain[14..], LinkType.Raw));
    }

    [Fact]
    public void Packets_in_pieces_have_the_hash_of_whole_ones_and_their_payload_stays_where_it_is()
    {
        uint hash = Hash(Plain);
        for (int split = 0; split < 60; split++)
        {
            using var pool = new PacketPool();
            using Packet packet = pool.Rent(Plain.AsSpan(0, split), default);
            packet.AddFragment(new Page(Plain), split, Plain.Length - split);
            Assert.Equal(hash, BucketHash.Of(packet));
            Assert.Equal(split >= 38, !packet.IsLinear);
        }
    }

    [Fact]
    public void What_is_cut_off_has_a_hash_all_the_same()
    {
        for (int length = 0; length < 34; length++)
            Assert.Equal(0u, Hash(Plain[..length]));
        Assert.NotEqual(0u, Hash(Plain[..34]));
    }

    private static uint Hash(byte[] frame, LinkType link = LinkType.Ethernet)
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(frame, default);
        packet.LinkType = link;
        return BucketHash.Of(packet);
    }
}
