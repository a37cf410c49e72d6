using System.Diagnostics;
using Wiretrue.Testing.Kernel.Bpf;

namespace Wiretrue.Testing.Kernel.Gro;

/// <summary>
/// The kernel's coalescing (GRO): a burst of frames that one poll finds waiting, and what it hands up. Make it inside a network namespace of
/// the test's own.
/// </summary>
/// <remarks>
/// <code>
///   Receive ──write──► TAP (IFF_NAPI) ──queue──► poll by a thread: GRO ──► packet socket: bytes
///                                                                      └─► program: the kernel's notes ──► nowhere, or TAP b ──► Return
/// </code>
/// The polling thread and the writer share one processor, and the writer runs as a real-time thread until the last frame is written. So the poll
/// finds all of them. When the writer had to wait all the same (for a garbage collection, say) the polling thread has run meanwhile, which its
/// count of context switches tells; then the burst is sent again. Nothing is held from one burst to the next, so that is no harm.
/// </remarks>
public sealed class GroRoute : IDisposable
{
    /// <summary>A poll takes no more frames (<c>NAPI_POLL_WEIGHT</c>).</summary>
    public const int LongestBurst = 64;

    /// <summary>Where <see cref="ListenForVxlan"/> listens: not where VXLAN does, as other tests have other sockets there.</summary>
    public const ushort VxlanPort = 14789;

    private const int MostAttempts = 50;
    private static readonly TimeSpan PollLimit = TimeSpan.FromSeconds(5);

    // A namespace has one such device at a time.
    private static readonly SemaphoreSlim Vxlan = new(1);

    private static int _count;

    private readonly TapDevice _input;
    private readonly TapDevice _output;
    private readonly int _outputIndex;
    private readonly int _processor = RealTimeTurn.LastProcessor();
    private readonly NapiThread _thread;
    private readonly PacketSocket _socket;
    private readonly PacketRecorder _recorder;
    private string? _vxlan;
    private bool _isInterrupted;

    private GroRoute(TapDevice input, TapDevice output, string device)
    {
        _input = input;
        _output = output;
        _outputIndex = NetworkInterface.IndexOf(output.Name);
        Device = device;
        _thread = NapiThread.Create(device);
        RealTimeTurn.Pin(_thread.Id, _processor);
        _socket = new PacketSocket(device);
        _recorder = new PacketRecorder(device);
    }

    /// <summary>The interface that coalesces.</summary>
    public string Device { get; }

    /// <summary>How many bursts had to be sent again, as a poll had begun before they were whole.</summary>
    public int Repeats { get; private set; }

    /// <summary>A TAP device that coalesces what is written to it.</summary>
    public static GroRoute Create()
    {
        string name = NextName();
        var input = TapDevice.Create($"{name}a", offloads: 0, VnetHeader.PlainLength, isPolled: true);
        try
        {
            NetworkInterface.BringUp(input.Name);
            return new GroRoute(input, CreateOutput(name), input.Name);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A TAP device that does not coalesce, and behind it a veth pair that does. On the way the kernel takes VLAN tags out of the bytes, as it never
    /// does in front of the former.
    /// </summary>
    public static GroRoute CreateOverVeth()
    {
        string name = NextName();
        (string near, string far) = ($"{name}v", $"{name}w");
        var input = TapDevice.Create($"{name}a", offloads: 0, VnetHeader.PlainLength);
        try
        {
            NetworkInterface.BringUp(input.Name);
            NetworkInterface.Ip("link", "add", near, "type", "veth", "peer", "name", far);
            foreach (string end in (string[])[near, far])
                NetworkInterface.BringUp(end, "mtu", "65535");
            // With a sender that cuts in hardware, as the kernel sees it, veth's receiver leaves coalescing alone.
            NetworkInterface.Ethtool(near, "tso", "off");
            NetworkInterface.Ethtool(far, "gro", "on");
            NetworkInterface.Redirect(input.Name, near);
            var route = new GroRoute(input, CreateOutput(name), far);
            route.WaitUntilOpen();
            return route;
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>Switches a feature of the interface that coalesces, by its name in <c>ethtool</c>.</summary>
    public void Set(string feature, string state) => NetworkInterface.Ethtool(Device, feature, state);

    /// <summary>How long super-frames may become (<c>gro_max_size</c>, <c>gro_ipv4_max_size</c>).</summary>
    public void SetMaxSize(int size, int ipv4Size)
    {
        const ushort RTM_SETLINK = 19, IFLA_GRO_MAX_SIZE = 58, IFLA_GRO_IPV4_MAX_SIZE = 64;
        // struct ifinfomsg: of all its members the interface's number alone counts.
        byte[] link =
        [
            0, 0, 0, 0, .. NetlinkMessage.Number(NetworkInterface.IndexOf(Device)), 0, 0, 0, 0, 0, 0, 0, 0,
            .. NetlinkMessage.Attribute(IFLA_GRO_MAX_SIZE, NetlinkMessage.Number(size)),
            .. NetlinkMessage.Attribute(IFLA_GRO_IPV4_MAX_SIZE, NetlinkMessage.Number(ipv4Size)),
        ];
        NetlinkMessage.Send(RTM_SETLINK, 0, link, $"super-frames of {size} bytes of {Device}");
    }

    /// <summary>
    /// Has this namespace listen for VXLAN, over IPv4 and IPv6 (<c>ip link add type vxlan external</c>): the kernel coalesces in those tunnels
    /// alone that it has a socket for.
    /// </summary>
    public void ListenForVxlan()
    {
        string name = $"{_input.Name}x";
        Vxlan.Wait();
        _vxlan = name;
        NetworkInterface.Ip("link", "add", name, "type", "vxlan", "external", "dstport", $"{VxlanPort}");
        NetworkInterface.BringUp(name);
    }

    /// <summary>
    /// Has the writer wait once before the last frame of the next burst, long enough for a poll: what shall not happen, to see that it is noticed.
    /// </summary>
    public void InterruptNext() => _isInterrupted = true;

    /// <summary>What the kernel hands up when one poll finds these frames waiting, in its order.</summary>
    /// <exception cref="IOException">It refused one, or no poll found all of them.</exception>
    public List<GroFrame> Receive(IReadOnlyList<byte[]> frames)
    {
        Poll(frames, device: 0);
        List<byte[]> bytes = [];
        while (_socket.TryRead() is { } frame)
            bytes.Add(frame);
        if (bytes.Count != _recorder.Count)
            throw new IOException($"{bytes.Count} frames were handed up, and {_recorder.Count} were recorded");
        return [.. bytes.Select((frame, i) => new GroFrame(frame, KernelPacketState.Read(_recorder.PacketAt(i), _recorder.SharedInfoAt(i))))];
    }

    /// <summary>What becomes of these frames when they are coalesced, and sent out by an interface that can do nothing itself.</summary>
    public List<byte[]> Return(IReadOnlyList<byte[]> frames)
    {
        Poll(frames, _outputIndex);
        List<byte[]> sent = [];
        while (_output.TryRead(out _) is { } frame)
            sent.Add(frame);
        return sent;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_vxlan is not null)
        {
            NetworkInterface.Ip("link", "del", _vxlan);
            Vxlan.Release();
        }
        _recorder.Dispose();
        _socket.Dispose();
        _thread.Dispose();
        _output.Dispose();
        _input.Dispose();
    }

    private void Poll(IReadOnlyList<byte[]> frames, int device)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames.Count, LongestBurst, nameof(frames));
        for (int i = 0; i < MostAttempts; i++)
        {
            while (_socket.TryRead() is not null || _output.TryRead(out _) is not null)
                continue;
            _recorder.Restart(device);
            if (TryPoll(frames))
                return;
            Repeats++;
        }
        throw new IOException($"{MostAttempts} times a poll began before all {frames.Count} frames were written");
    }

    private bool TryPoll(IReadOnlyList<byte[]> frames)
    {
        (long, long) start;
        (long ToWait, long) end;
        using (new RealTimeTurn(_processor))
        {
            start = _thread.Switches();
            for (int i = 0; i < frames.Count; i++)
            {
                if (_isInterrupted && i == frames.Count - 1)
                    Interrupt();
                if (!_input.TryWrite(default, frames[i]))
                    throw new IOException($"{_input.Name} refused a frame of {frames[i].Length} bytes");
            }
            end = _thread.Switches();
        }
        // It waits for work again when all is handed up, and for nothing else before.
        long began = Stopwatch.GetTimestamp();
        while (_thread.Switches().ToWait == end.ToWait)
        {
            bool isLate = Stopwatch.GetElapsedTime(began) > PollLimit;
            // It ran while frames were written, and may have had all of them before the count was taken.
            if (isLate && start != end)
                return false;
            if (isLate)
                throw new IOException($"{Device} was not polled: it received none of {frames.Count} frames");
            Thread.Yield();
        }
        return start == end;
    }

    // Whoever waits for what does not come lets others run.
    private void Interrupt()
    {
        _isInterrupted = false;
        _output.WaitToRead(TimeSpan.FromMilliseconds(20));
    }

    // An interface with a peer sends nothing before the kernel has noticed its carrier, in its own time.
    private void WaitUntilOpen()
    {
        byte[] frame = new byte[60];
        for (int i = 0; i < 100; i++)
        {
            _input.TryWrite(default, frame);
            if (SpinWait.SpinUntil(() => _socket.TryRead() is not null, TimeSpan.FromMilliseconds(50)))
                return;
        }
        throw new IOException($"nothing comes through to {Device}");
    }

    private static TapDevice CreateOutput(string name)
    {
        var output = TapDevice.Create($"{name}b", offloads: 0, VnetHeader.PlainLength);
        NetworkInterface.BringUp(output.Name, "txqueuelen", "10000");
        return output;
    }

    // Threads are named after interfaces, and seen from all network namespaces.
    private static string NextName() => $"g{Environment.ProcessId}n{Interlocked.Increment(ref _count)}";
}
