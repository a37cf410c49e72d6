using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Tests.Transmit;

/// <summary>A device finds the room that it wants around each packet, and may write there.</summary>
public sealed class DeviceRoomTests : IDisposable
{
    private static readonly byte[] Frame =
        Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(1200)));

    private readonly PacketPool _pool = new();
    private readonly PacketQueue _ready = new();

    public void Dispose()
    {
        _ready.Dispose();
        _pool.Dispose();
    }

    [Theory]
    [InlineData(None)]
    [InlineData(ScatterGather | HighDma)]
    public void A_packet_over_foreign_bytes_gets_room_of_its_own(DeviceFeatures features)
    {
        byte[] window = [9, 9, 9, .. Frame, 9, 9, 9];
        Packet packet = _pool.Rent(new Page([.. window]), 3, Frame.Length, default);
        Page page = packet.LinearFragment.Page;
        TransmitPath.Validate(packet, Device(features | HighDma, head: 24, tail: 16), _ready);
        Assert.True(packet.Headroom >= 24);
        Assert.True(packet.Tailroom >= 16);
        packet.Push(24).Clear();
        packet.Put(16).Clear();
        Assert.Equal(window, page.Bytes);
        Assert.Equal(Frame, Cutter.Bytes(packet)[24..^16]);
    }

    [Fact]
    public void A_packet_with_room_is_not_copied()
    {
        Packet packet = _pool.Rent(Frame, default);
        Page page = packet.LinearFragment.Page;
        TransmitPath.Validate(packet, Device(ScatterGather | HighDma, head: PacketPool.DefaultHeadroom, tail: 16), _ready);
        Assert.Same(page, packet.LinearFragment.Page);
    }

    [Theory]
    [InlineData(None)]
    [InlineData(ScatterGather | HighDma)]
    public void Room_that_a_clone_shares_is_not_for_writing(DeviceFeatures features)
    {
        Packet packet = _pool.Rent(Frame, default);
        using Packet clone = packet.Clone();
        TransmitPath.Validate(packet, Device(features, head: 24, tail: 0), _ready);
        packet.Push(24).Clear();
        clone.Push(24).Fill(0xFF);
        Assert.Equal([.. new byte[24], .. Frame], Cutter.Bytes(packet));
    }

    [Fact]
    public void Every_segment_has_its_room_and_its_bytes()
    {
        OffloadState state = Cutter.State(GsoType.TcpV4, 500, 34);
        List<byte[]> expected = Cutter.Cut(Frame, state);
        foreach (DeviceFeatures features in (DeviceFeatures[])[None, ScatterGather | HighDma])
        {
            TransmitPath.Validate(_pool.Rent(Frame, state), Device(features, head: 64, tail: 0), _ready);
            foreach (byte[] frame in expected)
            {
                using Packet segment = _ready.Dequeue()!;
                Assert.True(segment.Headroom >= 64);
                Assert.Equal(features == None, segment.IsLinear);
                segment.Push(64).Fill(0xAA);
                Assert.Equal(frame, Cutter.Bytes(segment)[64..]);
            }
        }
    }

    [Fact]
    public void A_packet_in_parts_has_no_room_behind_it_and_keeps_its_parts()
    {
        Packet packet = _pool.Rent(Frame.AsSpan(0, 100), default);
        packet.AddFragment(new Page(Frame), 100, Frame.Length - 100);
        TransmitPath.Validate(packet, Device(ScatterGather | HighDma, head: 0, tail: 8000), _ready);
        Assert.False(packet.IsLinear);
        Assert.Equal(Frame, Cutter.Bytes(packet));
    }

    private static NetDevice Device(DeviceFeatures features, int head, int tail) =>
        new("device", features, 1500) { NeededHeadroom = head, NeededTailroom = tail };
}
