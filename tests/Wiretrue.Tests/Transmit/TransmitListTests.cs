using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Transmit;

/// <summary>Many packets at once, and packets that nobody vouches for.</summary>
public sealed class TransmitListTests : IDisposable
{
    private static readonly OffloadState Super = Cutter.State(GsoType.TcpV4, 500, 34);

    private readonly PacketPool _pool = new();
    private readonly PacketQueue _packets = new();
    private readonly PacketQueue _ready = new();

    public void Dispose()
    {
        _packets.Dispose();
        _ready.Dispose();
        _pool.Dispose();
    }

    [Fact]
    public void A_list_keeps_its_order_and_those_that_are_dropped_hold_up_nobody()
    {
        OffloadState[] states =
        [
            default,
            Super,
            Super with { GsoType = GsoType.TcpV6 },
            Super with { GsoType = GsoType.None, GsoSize = 0 },
            Super with { GsoType = GsoType.None, GsoSize = 0, ChecksumStart = 9999 },
            Super,
        ];
        for (int i = 0; i < states.Length; i++)
            _packets.Enqueue(_pool.Rent(Frame((byte)i), states[i]));
        NetDevice wire = NetDevice.Wire();

        Assert.Equal(2, TransmitPath.Validate(_packets, wire, _ready));

        Assert.Null(_packets.First);
        List<byte> order = [];
        for (Packet? packet = _ready.First; packet is not null; packet = packet.Next)
            order.Add(packet.Linear[22]);
        Assert.Equal([0, 1, 1, 1, 3, 5, 5, 5], order);
        Assert.Equal(1, wire.Statistics.Dropped(DropReason.GsoTypeMismatch));
        Assert.Equal(1, wire.Statistics.Dropped(DropReason.ChecksumBeyondPacket));
    }

    [Fact]
    public void An_observer_hears_where_each_packet_of_a_list_begins()
    {
        _packets.Enqueue(_pool.Rent(Frame(1), default));
        _packets.Enqueue(_pool.Rent(Frame(2), Super));
        var listener = new Listener();
        Assert.Equal(0, TransmitPath.Validate(_packets, NetDevice.Wire(), _ready, ref listener));
        Assert.Equal(
            [TransmitStep.DeviceFeatures, TransmitStep.DeviceFeatures, TransmitStep.Segmented, TransmitStep.ChecksumCompleted],
            listener.Heard.Select(decision => decision.Step));
    }

    [Fact]
    public void A_list_is_not_its_own_result() =>
        Assert.Throws<ArgumentException>(() => TransmitPath.Validate(_packets, NetDevice.Wire(), _packets));

    /// <summary>What comes from a guest says of itself what it likes, and must not get further with it than the door.</summary>
    [Theory]
    [InlineData(OffloadFault.GsoSeveralTransports)]
    [InlineData(OffloadFault.ChecksumOffsetNotOfTransport)]
    [InlineData(OffloadFault.TunnelWithAndWithoutChecksum)]
    [InlineData(OffloadFault.GsoWithoutTransport)]
    [InlineData(OffloadFault.GsoSizeOutOfRange)]
    [InlineData(OffloadFault.ChecksumBeyondPacket)]
    [InlineData(OffloadFault.VlanProtocolUnknown)]
    public void A_state_that_cannot_be_true_drops_what_is_not_trusted_and_is_named(OffloadFault fault)
    {
        OffloadState dodgy = Super with { GsoType = GsoType.TcpV4 | GsoType.Dodgy };
        OffloadState state = fault switch
        {
            OffloadFault.GsoSeveralTransports => dodgy with { GsoType = dodgy.GsoType | GsoType.TcpV6 },
            OffloadFault.ChecksumOffsetNotOfTransport => dodgy with { ChecksumOffset = 6 },
            OffloadFault.TunnelWithAndWithoutChecksum => dodgy with { GsoType = dodgy.GsoType | GsoType.Gre | GsoType.GreChecksum },
            OffloadFault.GsoWithoutTransport => dodgy with { GsoType = GsoType.Dodgy },
            OffloadFault.GsoSizeOutOfRange => dodgy with { GsoSize = -1 },
            OffloadFault.ChecksumBeyondPacket => dodgy with { ChecksumStart = 1237 },
            _ => dodgy with { VlanProtocol = 0x0800 },
        };
        NetDevice wire = NetDevice.Wire();
        var listener = new Listener();
        Assert.Equal(DropReason.OffloadStateImpossible, TransmitPath.Validate(_pool.Rent(Frame(1), state), wire, _ready, ref listener));
        Assert.Equal(1, wire.Statistics.Dropped(DropReason.OffloadStateImpossible));
        Assert.Equal($"dropped: OffloadStateImpossible, {fault}", Assert.Single(listener.Heard).ToString());
        Assert.Equal(0, _pool.OutstandingPackets);
    }

    private static byte[] Frame(byte hopLimit) => Frames.Ethernet(Frames.Tcp(
        new IPv4Fields { HopLimit = hopLimit }, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(1200)));
}
