using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Devices.Models;

/// <summary>The old loopback acts as a card with TSO: an opinion of its own on how TCP is cut.</summary>
public sealed class ReliableMediumTests : IDisposable
{
    private readonly PacketPool _pool = new();
    private readonly PacketQueue _ready = new();
    private readonly PacketQueue _delivery = new();

    public void Dispose()
    {
        _ready.Dispose();
        _delivery.Dispose();
        _pool.Dispose();
    }

    [Fact]
    public void What_it_cuts_is_what_software_cuts_once_the_checksums_are_made()
    {
        var random = new Random(17);
        NetDevice medium = LoopbackModel.CreateReliableMedium(_delivery);
        for (int round = 0; round < 200; round++)
        {
            TcpFields tcp = new()
            {
                Checksum = FieldChecksum.Partial,
                Sequence = (uint)random.NextInt64(uint.MaxValue),
                Options = random.Next(2) == 0 ? [] : TcpFields.Timestamps,
            };
            byte[] frame = Frames.Ethernet(Frames.Tcp(
                new IPv4Fields { Id = (ushort)random.Next(65536) }, tcp, Frames.Payload(random.Next(1, 20_000), random.Next())));
            OffloadState state = Cutter.State(GsoType.TcpV4, random.Next(100, 3000), 34);
            List<byte[]> expected = Cutter.Cut(frame, state);

            Assert.Equal(DropReason.None, TransmitPath.Validate(_pool.Rent(frame, state), medium, _ready));
            Assert.Equal(1, _ready.Count);
            medium.Transmit(_ready);

            Assert.Equal(expected.Count, _delivery.Count);
            foreach (byte[] segment in expected)
            {
                using Packet packet = _delivery.Dequeue()!;
                Assert.Equal(new OffloadState { Checksum = ChecksumState.Unnecessary }, packet.Offload);
                byte[] bytes = Cutter.Bytes(packet);
                PartialChecksum.Complete(bytes, 34, 16);
                Assert.Equal(Convert.ToHexString(segment), Convert.ToHexString(bytes));
            }
        }
    }

    [Fact]
    public void Nobody_finishes_a_checksum_that_nobody_looks_at()
    {
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv6Fields(), new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(10)));
        NetDevice medium = LoopbackModel.CreateReliableMedium(_delivery);
        TransmitPath.Validate(_pool.Rent(frame, Cutter.State(GsoType.None, 0, 54) with { ChecksumOffset = 6 }), medium, _ready);
        medium.Transmit(_ready);
        using Packet packet = _delivery.Dequeue()!;
        Assert.Equal(frame, Cutter.Bytes(packet));
        Assert.Equal(ChecksumState.Unnecessary, packet.Offload.Checksum);
    }

    [Fact]
    public void A_type_that_lies_about_the_headers_comes_back_whole()
    {
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields(), Frames.Payload(3000)));
        NetDevice medium = LoopbackModel.CreateReliableMedium(_delivery);
        TransmitPath.Validate(_pool.Rent(frame, Cutter.State(GsoType.TcpV4, 1000, 34)), medium, _ready);
        medium.Transmit(_ready);
        using Packet packet = _delivery.Dequeue()!;
        Assert.Equal(frame, Cutter.Bytes(packet));
    }

    [Fact]
    public void It_counts_frames_as_they_come_back_and_gives_them_back_when_nobody_reads()
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(2500)));
        NetDevice medium = DeviceModels.Create("reliable")!;
        TransmitPath.Validate(_pool.Rent(frame, Cutter.State(GsoType.TcpV4, 1000, 34)), medium, _ready);
        medium.Transmit(_ready);
        Assert.Equal(3, medium.Statistics.TransmittedPackets);
        Assert.Equal(frame.Length + 2 * 54, medium.Statistics.TransmittedBytes);
        Assert.Equal(0, _pool.OutstandingPackets);
    }
}
