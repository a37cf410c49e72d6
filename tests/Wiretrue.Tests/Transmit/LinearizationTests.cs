using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Tests.Transmit;

/// <summary>Which packets are copied into one piece, and that none else is.</summary>
public sealed class LinearizationTests : IDisposable
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
    [InlineData(ScatterGather | FragmentList | HighDma, "parts", false)]
    [InlineData(FragmentList | HighDma, "parts", true)]
    [InlineData(FragmentList | HighDma, "list", false)]
    [InlineData(ScatterGather | HighDma, "parts", false)]
    [InlineData(ScatterGather | HighDma, "list", true)]
    [InlineData(ScatterGather | FragmentList, "parts", false)]
    [InlineData(ScatterGather | FragmentList, "high parts", true)]
    [InlineData(ScatterGather | FragmentList | HighDma, "high parts", false)]
    [InlineData(ScatterGather | FragmentList, "high list", true)]
    [InlineData(None, "piece", false)]
    public void Parts_are_copied_for_who_does_not_take_them(DeviceFeatures features, string lies, bool copied)
    {
        Packet packet = Rent(lies);
        Page before = packet.LinearFragment.Page;
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, new NetDevice("device", features, 1500), _ready));
        Assert.Equal(copied, !ReferenceEquals(before, packet.LinearFragment.Page));
        Assert.Equal(copied || lies == "piece", packet.IsLinear);
        Assert.Equal(Frame, Cutter.Bytes(packet));
    }

    /// <summary>A capture's window, say: the packet is one piece, and lies where the device does not reach.</summary>
    [Fact]
    public void One_piece_out_of_reach_is_copied_to_where_the_device_reaches()
    {
        Packet packet = _pool.Rent(new Page(Frame, isHigh: true), 0, Frame.Length, default);
        TransmitPath.Validate(packet, new NetDevice("reaching", HighDma, 1500), _ready);
        Assert.True(packet.HasHighPages);
        _ready.Dequeue();
        TransmitPath.Validate(packet, new NetDevice("near", ScatterGather, 1500), _ready);
        Assert.False(packet.HasHighPages);
        Assert.Equal(Frame, Cutter.Bytes(packet));
    }

    [Fact]
    public void Segments_of_what_lies_out_of_reach_are_copied_each()
    {
        Packet packet = _pool.Rent(new Page(Frame, isHigh: true), 0, Frame.Length, Cutter.State(GsoType.TcpV4, 500, 34));
        TransmitPath.Validate(packet, new NetDevice("near", ScatterGather | ChecksumGeneric, 1500), _ready);
        Assert.Equal(3, _ready.Count);
        for (Packet? segment = _ready.First; segment is not null; segment = segment.Next)
        {
            Assert.False(segment.HasHighPages);
            Assert.True(segment.IsLinear);
        }
    }

    [Fact]
    public void A_whole_super_frame_out_of_reach_goes_in_one_piece()
    {
        Packet packet = Rent("high parts");
        packet.Offload = Cutter.State(GsoType.TcpV4, 500, 34);
        TransmitPath.Validate(packet, new NetDevice("near", ScatterGather | ChecksumGeneric | TcpSegmentation, 1500), _ready);
        Assert.Same(packet, _ready.First);
        Assert.True(packet.IsLinear);
        Assert.True(packet.Offload.IsGso);
    }

    [Fact]
    public void Why_is_told()
    {
        var listener = new Listener();
        TransmitPath.Validate(Rent("high parts"), new NetDevice("near", ScatterGather, 1500), _ready, ref listener);
        Assert.Equal(
            [
                "the device has tx-scatter-gather",
                "bytes lie in pages that the device does not reach: without tx-scatter-gather",
                "copied into one piece: no tx-scatter-gather highdma",
            ],
            listener.Heard.Select(decision => decision.ToString()));
    }

    private Packet Rent(string lies)
    {
        if (lies == "piece")
            return _pool.Rent(Frame, default);
        Packet packet = _pool.Rent(Frame.AsSpan(0, 77), default);
        var page = new Page(Frame, isHigh: lies.StartsWith("high", StringComparison.Ordinal));
        if (lies.EndsWith("parts", StringComparison.Ordinal))
            packet.AddFragment(page, 77, Frame.Length - 77);
        else
            packet.AddToFragmentList(_pool.Rent(page, 77, Frame.Length - 77, default));
        return packet;
    }
}
