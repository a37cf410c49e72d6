using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Segmentation;

public sealed class AllocationTests
{
    public static TheoryData<string> Works => new() { "segmentation", "segmentation to a device without parts", "completion", "pass-through" };

    [Theory]
    [MemberData(nameof(Works))]
    public void Nothing_is_allocated_once_warm(string work)
    {
        var state = new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 16 };
        int length = 1460;
        NetDevice device = NetDevice.Wire();
        switch (work)
        {
            case "segmentation":
                length = 63712;
                state = Cutter.State(GsoType.TcpV4, 1448, 34);
                break;
            case "segmentation to a device without parts":
                length = 63712;
                state = Cutter.State(GsoType.TcpV4, 1448, 34);
                device = new NetDevice("plain", DeviceFeatures.None, 1500);
                break;
            case "pass-through":
                state = default;
                break;
        }
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(length)));
        using var pool = new PacketPool { TrackOwners = false };
        using var ready = new PacketQueue();
        var page = new Page(frame);
        void Send()
        {
            TransmitPath.Validate(pool.Rent(page, 0, frame.Length, state), device, ready);
            device.Transmit(ready);
        }

        for (int i = 0; i < 100; i++)
            Send();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Send();
        // Some bytes may come from the runtime tiering up, but not one for each packet.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 999);
        Assert.Equal(0, pool.OutstandingPackets);
    }
}
