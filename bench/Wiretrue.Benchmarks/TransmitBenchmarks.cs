using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Transmit;

namespace Wiretrue.Benchmarks;

/// <summary>
/// One packet through <see cref="TransmitPath"/> and back to its pool, unobserved and observed: nothing may be allocated, and nobody's
/// listening must cost nothing.
/// </summary>
[MemoryDiagnoser]
public class TransmitBenchmarks : IDisposable
{
    private const int Headers = 14 + 20 + 20;

    private readonly PacketPool _pool = new() { TrackOwners = false };
    private readonly PacketQueue _ready = new();
    private readonly NetDevice _device = NetDevice.Wire();
    private Page _page = new([]);
    private OffloadState _state;
    private Counter _counter;

    /// <summary>What there is to be done.</summary>
    public enum Work
    {
        /// <summary>Nothing: 1460 bytes with their checksum done.</summary>
        PassThrough,

        /// <summary>The checksum of 1460 bytes.</summary>
        Completion,

        /// <summary>64 KiB of payload to be cut into 1460 bytes each, with their checksums.</summary>
        Segmentation,
    }

    /// <summary>What there is to be done.</summary>
    [Params(Work.PassThrough, Work.Completion, Work.Segmentation)]
    public Work Asked { get; set; }

    /// <summary>TCP over IPv4; what its payload is does not matter.</summary>
    [GlobalSetup]
    public void Setup()
    {
        int payload = Asked == Work.Segmentation ? 65536 - Headers : 1460;
        byte[] frame = new byte[Headers + payload];
        new Random(1).NextBytes(frame.AsSpan(Headers));
        frame[12] = 0x08;
        Span<byte> ip = frame.AsSpan(14);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(20 + 20 + payload));
        ip[9] = 6;
        ip[20 + 12] = 5 << 4;
        _page = new Page(frame);
        _state = Asked == Work.PassThrough
            ? default
            : new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 16 };
        if (Asked == Work.Segmentation)
            _state = _state with { GsoType = GsoType.TcpV4, GsoSize = 1460 };
    }

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _ready.Dispose();
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Validate, and give what is ready back.</summary>
    [Benchmark(Baseline = true)]
    public DropReason Validate()
    {
        DropReason reason = TransmitPath.Validate(_pool.Rent(_page, 0, _page.Bytes.Length, _state), _device, _ready);
        _ready.Clear();
        return reason;
    }

    /// <summary>The same, with somebody who counts the decisions.</summary>
    [Benchmark]
    public DropReason ValidateObserved()
    {
        DropReason reason = TransmitPath.Validate(_pool.Rent(_page, 0, _page.Bytes.Length, _state), _device, _ready, ref _counter);
        _ready.Clear();
        return reason;
    }

    private struct Counter : ITransmitObserver
    {
        public int Decisions;

        public void Decided(in TransmitDecision decision) => Decisions++;
    }
}
