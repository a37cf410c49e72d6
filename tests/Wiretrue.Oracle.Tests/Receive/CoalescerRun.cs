using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Kernel.Gro;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>Has a <see cref="Coalescer"/> receive bursts as one poll finds them.</summary>
internal sealed class CoalescerRun : IDisposable
{
    private readonly Coalescer _coalescer;
    private readonly PacketPool _pool = new() { TrackOwners = false };
    private readonly PacketQueue _ready = new();
    private readonly bool _hasTagsApart;

    /// <summary>A coalescer with these options.</summary>
    /// <param name="options">How it works; null for the default.</param>
    /// <param name="hasTagsApart">The outermost VLAN tag is taken out of the bytes, as the kernel does before a veth.</param>
    public CoalescerRun(CoalescerOptions? options = null, bool hasTagsApart = false)
    {
        _hasTagsApart = hasTagsApart;
        // A TAP device hashes nothing, so all flows share a bucket there, and the order between flows is fixed as well.
        _coalescer = new Coalescer((options ?? CoalescerOptions.Default) with { Hashing = FlowHashing.None });
    }

    /// <summary>What it hands up of these frames, in its order.</summary>
    public List<GroFrame> Receive(IReadOnlyList<byte[]> burst)
    {
        foreach (byte[] frame in burst)
        {
            Packet packet = _pool.Rent(frame, default);
            if (_hasTagsApart)
                packet.ExtractVlanTag();
            _coalescer.Receive(packet, _ready);
        }
        _coalescer.Flush(_ready);
        var frames = new List<GroFrame>();
        while (_ready.Dequeue() is { } packet)
        {
            byte[] bytes = new byte[packet.Length];
            packet.CopyTo(bytes);
            // A tunnel's type says of itself what the kernel's note says twice.
            frames.Add(new GroFrame(bytes, packet.Offload with { IsEncapsulated = packet.Offload.IsEncapsulated }));
            packet.Dispose();
        }
        return frames;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _coalescer.Dispose();
        _ready.Dispose();
        _pool.Dispose();
    }
}
