using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Kernel.Gro;
using Wiretrue.Transmit;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>Has a <see cref="Coalescer"/> receive bursts as one poll finds them.</summary>
internal sealed class CoalescerRun : IDisposable
{
    private readonly Coalescer _coalescer;
    private readonly PacketPool _pool = new()
    {
        TrackOwners = false,
        TunnelPorts = TunnelPorts.Assigned.With(GroRoute.VxlanPort, LayerKind.Vxlan),
    };
    private readonly PacketQueue _ready = new();
    private readonly PacketQueue _sent = new();
    private readonly NetDevice _wire = NetDevice.Wire(mtu: 1 << 20);
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
        Coalesce(burst);
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

    /// <summary>What becomes of these frames when they are coalesced, and sent out by a device that can do nothing itself.</summary>
    public List<byte[]> Return(IReadOnlyList<byte[]> burst)
    {
        Coalesce(burst);
        var sent = new List<byte[]>();
        while (_ready.Dequeue() is { } packet)
        {
            OffloadState state = packet.Offload;
            DropReason reason = TransmitPath.Validate(packet, _wire, _sent);
            Assert.True(reason == DropReason.None, $"{reason}: {state}");
            while (_sent.Dequeue() is { } frame)
            {
                byte[] bytes = new byte[frame.Length];
                frame.CopyTo(bytes);
                sent.Add(bytes);
                frame.Dispose();
            }
        }
        return sent;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _coalescer.Dispose();
        _ready.Dispose();
        _sent.Dispose();
        _pool.Dispose();
    }

    private void Coalesce(IReadOnlyList<byte[]> burst)
    {
        foreach (byte[] frame in burst)
        {
            Packet packet = _pool.Rent(frame, default);
            if (_hasTagsApart)
                packet.ExtractVlanTag();
            _coalescer.Receive(packet, _ready);
        }
        _coalescer.Flush(_ready);
    }
}
