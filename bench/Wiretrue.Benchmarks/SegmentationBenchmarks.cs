using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Transmit;

namespace Wiretrue.Benchmarks;

/// <summary>
/// The way of one 64 KiB super-frame to a device and back to the pool: cut with every checksum done (the wire), or with the checksums left to
/// the device; beside a copy of the same bytes.
/// </summary>
[MemoryDiagnoser]
public class SegmentationBenchmarks : IDisposable
{
    private const int Segments = 44;

    private readonly PacketPool _pool = new();
    private readonly PacketQueue _ready = new();
    private readonly byte[] _copy = GC.AllocateUninitializedArray<byte>(1 << 17, pinned: true);
    private Page _page = new([]);
    private int _length;
    private OffloadState _state;
    private NetDevice _device = NetDevice.Wire();

    /// <summary>What is cut.</summary>
    public enum Kind
    {
        /// <summary>TCP over IPv4 with timestamps, 1448 bytes a segment.</summary>
        TcpV4,

        /// <summary>TCP over IPv6 with timestamps, 1428 bytes a segment.</summary>
        TcpV6,

        /// <summary>UDP over IPv4, 1472 bytes a datagram.</summary>
        Udp,
    }

    /// <summary>What is cut.</summary>
    [Params(Kind.TcpV4, Kind.TcpV6, Kind.Udp)]
    public Kind SuperFrame { get; set; }

    /// <summary>Whether the checksums are done in software.</summary>
    [Params(true, false)]
    public bool Checksums { get; set; }

    /// <summary>Builds the super-frame; what its payload is does not matter.</summary>
    [GlobalSetup]
    public void Setup()
    {
        bool isV6 = SuperFrame == Kind.TcpV6;
        bool isUdp = SuperFrame == Kind.Udp;
        int network = isV6 ? 40 : 20;
        int transport = isUdp ? 8 : 32;
        int gsoSize = 1500 - network - transport;
        int payload = Segments * gsoSize;
        _length = 14 + network + transport + payload;
        byte[] frame = GC.AllocateArray<byte>(_length, pinned: true);
        new Random(1).NextBytes(frame.AsSpan(_length - payload));

        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), isV6 ? (ushort)0x86DD : (ushort)0x0800);
        Span<byte> ip = frame.AsSpan(14);
        byte protocol = isUdp ? (byte)17 : (byte)6;
        if (isV6)
        {
            ip[0] = 0x60;
            BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)(transport + payload));
            ip[6] = protocol;
        }
        else
        {
            ip[0] = 0x45;
            BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(network + transport + payload));
            ip[9] = protocol;
        }
        Span<byte> header = ip[network..];
        if (isUdp)
            BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)(transport + payload));
        else
            header[12] = (byte)(transport / 4 << 4);

        _page = new Page(frame);
        _state = new OffloadState
        {
            Checksum = ChecksumState.Partial,
            ChecksumStart = 14 + network,
            ChecksumOffset = isUdp ? (ushort)6 : (ushort)16,
            GsoType = isUdp ? GsoType.UdpL4 : isV6 ? GsoType.TcpV6 : GsoType.TcpV4,
            GsoSize = gsoSize,
        };
        _device = Checksums
            ? NetDevice.Wire()
            : new NetDevice("card", DeviceFeatures.ScatterGather | DeviceFeatures.ChecksumGeneric, 1500);
    }

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _ready.Dispose();
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Validate, and give the segments back.</summary>
    [Benchmark]
    public int Cut()
    {
        TransmitPath.Validate(_pool.Rent(_page, 0, _length, _state), _device, _ready);
        int count = _ready.Count;
        _ready.Clear();
        return count;
    }

    /// <summary>The same bytes, copied.</summary>
    [Benchmark(Baseline = true)]
    public void Copy() => _page.Bytes.AsSpan(0, _length).CopyTo(_copy);
}
