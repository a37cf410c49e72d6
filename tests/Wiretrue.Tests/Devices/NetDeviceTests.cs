using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Devices;

public sealed class NetDeviceTests
{
    [Fact]
    public void The_wire_does_no_work_and_takes_packets_in_parts()
    {
        NetDevice wire = NetDevice.Wire(1400);
        Assert.Equal("wire", wire.Name);
        Assert.Equal(1400, wire.Mtu);
        Assert.Equal(DeviceFeatures.None, wire.Features & (DeviceFeatures.ChecksumMask | DeviceFeatures.GsoMask | DeviceFeatures.ChecksumSctp));
        Assert.NotEqual(DeviceFeatures.None, wire.Features & DeviceFeatures.ScatterGather);
    }

    [Fact]
    public void A_device_counts_what_it_sends_and_gives_it_back()
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        NetDevice wire = NetDevice.Wire();
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(3000)));
        TransmitPath.Validate(pool.Rent(frame, Cutter.State(GsoType.TcpV4, 1000, 34)), wire, ready);
        wire.Transmit(ready);
        Assert.Equal(3, wire.Statistics.TransmittedPackets);
        Assert.Equal(3 * 1054, wire.Statistics.TransmittedBytes);
        Assert.Equal(0, wire.Statistics.Dropped(DropReason.GsoTypeMismatch));
        Assert.Equal(0, ready.Count);
        Assert.Equal(0, pool.OutstandingPackets);
    }
}
