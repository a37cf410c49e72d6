using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Wiretrue.Captures.Inference;

namespace Wiretrue.Captures.Tests.Inference;

public sealed class FlowTableTests
{
    [Fact]
    public void A_flow_keeps_what_was_learned_of_it()
    {
        var table = new FlowTable(capacityBits: 8);
        for (uint i = 0; i < 100; i++)
            table.GetOrAdd(Key(i)).AnnouncedMss = (ushort)(i + 1);
        for (uint i = 0; i < 100; i++)
            Assert.Equal(i + 1, table.GetOrAdd(Key(i)).AnnouncedMss);
    }

    [Fact]
    public void An_unknown_flow_is_not_found_and_not_added()
    {
        var table = new FlowTable(capacityBits: 6);
        Assert.True(Unsafe.IsNullRef(ref table.Find(Key(1))));
        Assert.True(Unsafe.IsNullRef(ref table.Find(Key(1))));
        table.GetOrAdd(Key(1)).PeerMss = 7;
        Assert.Equal(7, table.Find(Key(1)).PeerMss);
    }

    [Fact]
    public void The_flow_not_used_for_longest_makes_room()
    {
        var table = new FlowTable(capacityBits: 3);
        for (uint i = 0; i < FlowTable.Ways; i++)
            table.GetOrAdd(Key(i)).AnnouncedMss = 9;
        table.GetOrAdd(Key(0));
        table.GetOrAdd(Key(1000));
        Assert.False(Unsafe.IsNullRef(ref table.Find(Key(0))));
        Assert.True(Unsafe.IsNullRef(ref table.Find(Key(1))));
        Assert.Equal(0, table.Find(Key(1000)).AnnouncedMss);
    }

    [Fact]
    public void A_table_far_too_small_still_gives_every_flow_a_place()
    {
        var table = new FlowTable(capacityBits: 5);
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++)
        {
            FlowKey key = Key((uint)random.Next(500));
            ref Flow flow = ref table.GetOrAdd(in key);
            Assert.Equal(key, flow.Key);
            Assert.True(Unsafe.AreSame(ref flow, ref table.Find(in key)));
        }
    }

    [Fact]
    public void Finding_a_known_flow_allocates_nothing()
    {
        var table = new FlowTable(capacityBits: 6);
        table.GetOrAdd(Key(3));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            table.GetOrAdd(Key(3)).PeerMss++;
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static FlowKey Key(uint number) =>
        new(Vector128.Create(number).AsByte(), Vector128.Create(1u, 2, 3, 4).AsByte(), 0x0A0B_0000_0050_1388, 0);
}
