using System.Runtime.CompilerServices;
using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Segmentation;
using Wiretrue.Transmit;

namespace Wiretrue.Compare.Segmentation;

/// <summary>Our side: a super-frame is cut, and its segments go back to their pool.</summary>
internal sealed class Cutting : IDisposable
{
    private readonly PacketPool _pool = new() { TrackOwners = false };
    private readonly PacketQueue _segments = new();
    private readonly SuperFrame _frame;
    private readonly Packet _packet;
    private readonly Page _page;
    private readonly DeviceFeatures _features;
    private readonly NetDevice _device;
    private readonly byte[] _destination;

    /// <param name="frame">What is cut.</param>
    /// <param name="sums">Whether the checksums are done; else they are left to the device, as DPDK leaves them.</param>
    public Cutting(SuperFrame frame, bool sums)
    {
        _frame = frame;
        _page = new Page(frame.Bytes);
        _packet = _pool.Rent(_page, 0, frame.Bytes.Length, frame.State);
        _packet.Walk();
        _features = DeviceFeatures.ScatterGather | (sums ? DeviceFeatures.None : DeviceFeatures.ChecksumGeneric);
        _device = new NetDevice("card", _features, mtu: 1500) { EncapsulationFeatures = _features };
        _destination = GC.AllocateArray<byte>(frame.Bytes.Length, pinned: true);
    }

    /// <summary>What <c>rte_gso_segment</c> does: the packet's headers are known, it is cut and stays; the segments are freed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Segment(int times)
    {
        for (int i = 0; i < times; i++)
        {
            GenericSegmentation.Segment(_packet, _features, _segments);
            _segments.Clear();
        }
    }

    /// <summary>The whole way: a packet of bytes whose headers nobody has looked at is handed to the transmit path and is gone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Validate(int times)
    {
        for (int i = 0; i < times; i++)
        {
            TransmitPath.Validate(_pool.Rent(_page, 0, _frame.Bytes.Length, _frame.State), _device, _segments);
            _segments.Clear();
        }
    }

    /// <summary>The super-frame's bytes, copied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Copy(int times)
    {
        for (int i = 0; i < times; i++)
            _frame.Bytes.AsSpan().CopyTo(_destination);
    }

    /// <summary>Bytes that the collector had to find for a thousand super-frames.</summary>
    public long AllocatedBytes() => Allocations.Of(times =>
    {
        Segment(times);
        Validate(times);
    });

    /// <summary>Cuts once more and says what came out.</summary>
    public MadeFrames Result()
    {
        GenericSegmentation.Segment(_packet, _features, _segments);
        ulong digest = MadeFrames.EmptyDigest;
        int count = _segments.Count;
        for (Packet? segment = _segments.First; segment is not null; segment = segment.Next)
        {
            foreach (PageFragment part in segment.Parts)
                digest = MadeFrames.Append(digest, part.Span);
        }

        _segments.Clear();
        return new MadeFrames(count, digest);
    }

    public void Dispose()
    {
        _packet.Dispose();
        _pool.Dispose();
    }
}
