using System.Net;
using System.Runtime.CompilerServices;
using Wiretrue.Compare.Segmentation;
using Wiretrue.Devices;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;
using Wiretrue.Tunnels;

namespace Wiretrue.Compare.Tunnels;

/// <summary>A packet that goes into VXLAN and comes out of it, over and over; the outer UDP header has a checksum, the inner one is owed.</summary>
internal sealed class Passage : IDisposable
{
    private readonly PacketPool _pool = new() { TrackOwners = false };
    private readonly Encapsulator _encapsulator;
    private readonly Decapsulator _decapsulator;
    private readonly Packet _packet;
    private readonly OffloadState _inside;
    private readonly OffloadState _outside;
    private readonly int _headers;

    /// <param name="frame">What goes in, its checksum owed.</param>
    public Passage(SuperFrame frame)
    {
        var tunnel = new VxlanTunnel
        {
            Local = IPAddress.Parse("198.51.100.1"),
            Remote = IPAddress.Parse("198.51.100.2"),
            Link = new EthernetHeaderFields(0x0200_0000_0002, 0x0200_0000_0001, default),
            NetworkIdentifier = 42,
        };
        _encapsulator = tunnel.CreateEncapsulator();
        _decapsulator = (tunnel with { Local = tunnel.Remote, Remote = tunnel.Local }).CreateDecapsulator();
        _inside = frame.State;
        _packet = _pool.Rent(frame.Bytes, frame.State);
        Check(_encapsulator.Encapsulate(_packet) == DropReason.None);
        _outside = _packet.Offload;
        _headers = _packet.Length - frame.Bytes.Length;
        Check(_decapsulator.Decapsulate(_packet).IsDone && _packet.Offload == _inside && _packet.Length == frame.Bytes.Length);
    }

    /// <summary>In, and the headers dropped again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Encapsulate(int times)
    {
        for (int i = 0; i < times; i++)
        {
            _packet.IsWalked = false;
            _encapsulator.Encapsulate(_packet);
            _packet.Offload = default;
            _packet.Pull(_headers);
            _packet.Offload = _inside;
        }
    }

    /// <summary>Out, and the headers put there again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Decapsulate(int times)
    {
        for (int i = 0; i < times; i++)
        {
            _packet.Push(_headers);
            _packet.Offload = _outside;
            _decapsulator.Decapsulate(_packet);
        }
    }

    /// <summary>Bytes that the collector had to find for a thousand packets each way.</summary>
    public long AllocatedBytes() => Allocations.Of(times =>
    {
        Encapsulate(times);
        Decapsulate(times);
    });

    public void Dispose()
    {
        _packet.Dispose();
        _pool.Dispose();
    }

    private static void Check(bool holds)
    {
        if (!holds)
            throw new InvalidOperationException("The packet did not come through the tunnel as it went in.");
    }
}
