using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Guest;
using Wiretrue.Testing.Kernel;
using Wiretrue.Transmit;
using Wiretrue.Tunnels;

namespace Wiretrue.Oracle.Tests.Guest.Transfers;

/// <summary>Our end of a tunnel: a network interface of the running kernel, whose packets go to the guest through the tunnel, and back.</summary>
/// <remarks>
/// <code>
///   sockets ─► TAP ─ super-frames ─► encapsulate ─► cut ───────────► the guest's cable
///   sockets ◄─ TAP ◄ super-frames ─ coalesce ◄─ decapsulate ◄─ coalesce ◄─ the guest's cable
/// </code>
/// </remarks>
internal sealed class TransferEnd : IDisposable
{
    private const string OwnMac = "02:00:00:00:01:01", PeerMac = "02:00:00:00:01:02";
    private const int Batch = 64;

    private const TapOffloads Offloads = TapOffloads.Checksum | TapOffloads.Tso4 | TapOffloads.Tso6 | TapOffloads.TsoEcn
        | TapOffloads.Uso4 | TapOffloads.Uso6;

    private readonly TapDevice _tap;
    private readonly GuestPort _cable;
    private readonly bool _isBridge;
    private readonly Encapsulator _encapsulator;
    private readonly Decapsulator _decapsulator;
    private readonly NetDevice _wire = NetDevice.Wire();
    private readonly Coalescer _outer = new();
    private readonly Coalescer _inner = new(new CoalescerOptions { UdpForwarding = true });
    private readonly PacketQueue _queue = new();
    private readonly PacketQueue _ready = new();
    private readonly Thread _thread;
    private volatile bool _isOver;

    private TransferEnd(TapDevice tap, GuestPort cable, bool isBridge, Tunnel tunnel)
    {
        _tap = tap;
        _cable = cable;
        _isBridge = isBridge;
        _encapsulator = tunnel.CreateEncapsulator();
        _decapsulator = tunnel.CreateDecapsulator();
        _thread = new Thread(Run) { IsBackground = true, Name = tap.Name };
    }

    /// <summary>Super-frames that went into the tunnel whole, and frames that came of them.</summary>
    public (long SuperFrames, long Frames) Sent { get; private set; }

    /// <summary>Frames that came out of the tunnel, and super-frames that were made of them.</summary>
    public (long Frames, long SuperFrames) Received { get; private set; }

    /// <summary>What was refused, and why; the last of them.</summary>
    public string Refused { get; private set; } = "nothing";

    /// <summary>What went wrong on the thread; null while nothing has.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Opens one with addresses of its own.</summary>
    public static TransferEnd Open(GuestPort cable, TransferTunnel kind, int index)
    {
        Tunnel tunnel = kind.End(TransferGuest.EndOf(index, kind.OverV6), TransferGuest.Begin(kind.OverV6)) with
        {
            Link = new EthernetHeaderFields(MacOf(TransferGuest.OwnMac), MacOf(TransferGuest.OtherMac), 0),
        };
        TapDevice tap = TapDevice.Create($"end{index}", (uint)Offloads, VnetHeader.PlainLength);
        try
        {
            NetworkInterface.Ip("link", "set", "dev", tap.Name, "address", OwnMac, "mtu", "1300", "arp", kind.IsBridge ? "on" : "off", "up");
            NetworkInterface.AllowIPv6(tap.Name);
            if (kind.Inner.Contains(4))
                NetworkInterface.Ip("addr", "add", $"{TransferGuest.Client(index, false)}/30", "dev", tap.Name);
            if (kind.Inner.Contains(6))
                NetworkInterface.Ip("addr", "add", $"{TransferGuest.Client(index, true)}/64", "dev", tap.Name, "nodad");
            var end = new TransferEnd(tap, cable, kind.IsBridge, tunnel);
            end._thread.Start();
            return end;
        }
        catch
        {
            tap.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
        _tap.Dispose();
        _outer.Dispose();
        _inner.Dispose();
        _queue.Dispose();
        _ready.Dispose();
    }

    private void Run()
    {
        // The packets of one thread are of a pool of its own.
        using var pool = new PacketPool { TrackOwners = false, TunnelPorts = TransferTunnel.TunnelPorts };
        try
        {
            while (!_isOver)
            {
                bool isIdle = !Send(pool) & !Receive(pool);
                if (isIdle)
                    _cable.WaitToReceive(TimeSpan.FromMilliseconds(1));
            }
        }
        catch (Exception e)
        {
            Failure = e;
        }
    }

    private bool Send(PacketPool pool)
    {
        int taken = 0;
        while (taken < Batch && _tap.TryTake(out VnetHeader header, out ReadOnlySpan<byte> frame))
        {
            taken++;
            Packet packet = pool.Rent(frame, VnetHeaderReading.StateOf(header, frame.Length));
            if (!_isBridge)
                TakeLinkOff(packet);
            Sent = (Sent.SuperFrames + (packet.Offload.IsGso ? 1 : 0), Sent.Frames);
            DropReason reason = _encapsulator.Encapsulate(packet, _queue);
            if (reason != DropReason.None)
                Refused = $"{reason} on the way in";
            int dropped = TransmitPath.Validate(_queue, _wire, _ready);
            if (dropped > 0)
                Refused = $"{dropped} frames by the wire";
            while (_ready.Dequeue() is { } outgoing)
            {
                Sent = (Sent.SuperFrames, Sent.Frames + 1);
                outgoing.Linearize();
                if (!_cable.TrySend(default, outgoing.Linear))
                    Refused = "a frame by the cable";
                outgoing.Dispose();
            }
        }
        return taken > 0;
    }

    private bool Receive(PacketPool pool)
    {
        int taken = 0;
        while (taken < Batch && _cable.TryReceive() is { } frame)
        {
            taken++;
            _outer.Receive(pool.Rent(frame, default), _queue);
        }
        _outer.Flush(_queue);
        while (_queue.Dequeue() is { } packet)
        {
            Decapsulation result = _decapsulator.Decapsulate(packet);
            if (!result.IsDone)
            {
                // The guest asks for its neighbours, and tells them of itself.
                if (result.Fault is not (DecapsulationFault.OtherProtocol or DecapsulationFault.OtherAddress))
                    Refused = $"{result} on the way out";
                packet.Dispose();
                continue;
            }
            Received = (Received.Frames + 1, Received.SuperFrames);
            if (!_isBridge)
                PutLinkOn(packet);
            _inner.Receive(packet, _ready);
        }
        _inner.Flush(_ready);
        while (_ready.Dequeue() is { } packet)
        {
            Received = (Received.Frames, Received.SuperFrames + (packet.Offload.IsGso ? 1 : 0));
            VnetHeader header = TapTransmit.Deliver(packet);
            packet.Linearize();
            if (!_tap.TryWrite(header, packet.Linear))
                Refused = $"{header} by the TAP";
            packet.Dispose();
        }
        return taken > 0;
    }

    private static void TakeLinkOff(Packet packet)
    {
        packet.Pull(EthernetHeader.Size);
        packet.LinkType = LinkType.Raw;
    }

    private static void PutLinkOn(Packet packet)
    {
        packet.EnsureWritable(1, EthernetHeader.Size);
        EtherType type = packet.Linear[0] >> 4 == 4 ? EtherType.IPv4 : EtherType.IPv6;
        new EthernetHeaderFields(MacOf(OwnMac), MacOf(PeerMac), type).Write(packet.Push(EthernetHeader.Size));
        packet.LinkType = LinkType.Ethernet;
    }

    private static ulong MacOf(string address) => Convert.ToUInt64(address.Replace(":", "", StringComparison.Ordinal), 16);
}
