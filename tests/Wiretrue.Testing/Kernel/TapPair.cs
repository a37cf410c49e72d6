namespace Wiretrue.Testing.Kernel;

/// <summary>
/// The kernel's transmit path: what is written to one TAP is redirected (tc, mirred) to a second one. What its reader does not take
/// undone, the kernel has to segment and complete before it hands over.
/// </summary>
/// <remarks>
/// <code>
///   Cut ──write──► TAP a ──ingress: mirred──► TAP b (no offloads, or some) ──read──► frames
/// </code>
/// The route is synchronous: when the write returns, the frames lie in b's queue. Make it inside a network namespace of the test's own.
/// </remarks>
public sealed class TapPair : IDisposable
{
    // TUN_F_UDP_TUNNEL_GSO and TUN_F_UDP_TUNNEL_GSO_CSUM.
    private const uint TunnelOffloads = 0x80 | 0x100;

    private static int _count;

    private readonly TapDevice _from;
    private readonly TapDevice _to;

    private readonly bool _isDirect;

    private TapPair(TapDevice from, TapDevice to, bool isDirect)
    {
        _isDirect = isDirect;
        _from = from;
        _to = to;
    }

    /// <summary>Makes the two interfaces.</summary>
    /// <param name="name">What they are named after: at most 10 characters.</param>
    /// <param name="offloads">The <c>TUN_F_*</c> bits of what the second one's reader takes undone.</param>
    /// <param name="through">The two ends of a veth pair to send it through on the way, that the caller made; null for none.</param>
    public static TapPair Create(string name, uint offloads = 0, (string First, string Second)? through = null)
    {
        // A number each: an interface lives on while a process that another test has just forked still holds its descriptor, up to its exec.
        name = $"{name}{Interlocked.Increment(ref _count)}";
        // A reader that takes tunnels undone must have room for what is said of them, or no read succeeds.
        int length = (offloads & TunnelOffloads) != 0 ? VnetHeader.Length : VnetHeader.PlainLength;
        var pair = new TapPair(
            TapDevice.Create($"{name}-a", offloads: 0, VnetHeader.Length), TapDevice.Create($"{name}-b", offloads, length), through is null);
        try
        {
            foreach (TapDevice tap in (TapDevice[])[pair._from, pair._to])
            {
                // Without this the kernel sends its own IPv6 chatter into the queue that is read.
                File.WriteAllText($"/proc/sys/net/ipv6/conf/{tap.Name}/disable_ipv6", "1");
                // 64 KiB in one-byte segments must fit in the queue: it takes effect before the interface is up, not after.
                ProcessRun.Must(Ip, "link", "set", tap.Name, "txqueuelen", "100000", "up");
            }
            Redirect(pair._from.Name, through?.First ?? pair._to.Name);
            if (through is { } veth)
            {
                foreach (string end in (string[])[veth.First, veth.Second])
                {
                    File.WriteAllText($"/proc/sys/net/ipv6/conf/{end}/disable_ipv6", "1");
                    // What is no super-frame and longer than this is dropped.
                    ProcessRun.Must(Ip, "link", "set", end, "mtu", "65535", "up");
                }
                Redirect(veth.Second, pair._to.Name);
            }
            pair.Drain(atLeast: 0);
            return pair;
        }
        catch
        {
            pair.Dispose();
            throw;
        }
    }

    private static string Ip => Skipping.Probe.Find("ip") ?? "ip";

    private static string Tc => Skipping.Probe.Find("tc") ?? "tc";

    /// <summary>The frames that the kernel makes of one; null when it refuses the header; empty when it drops the frame.</summary>
    public List<byte[]>? Cut(in VnetHeader header, ReadOnlySpan<byte> frame) => Pass(header, frame)?.ConvertAll(taken => taken.Bytes);

    /// <summary>As <see cref="Cut"/>, each frame with what is still owed to it.</summary>
    /// <param name="header">What is owed.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="atLeast">
    /// How many frames to wait for, a second at most: a veth pair hands over in a soft interrupt, mostly but not always before the write returns.
    /// </param>
    public List<TapFrame>? Pass(in VnetHeader header, ReadOnlySpan<byte> frame, int atLeast = 0) =>
        _from.TryWrite(header, frame) ? Drain(_isDirect ? 0 : atLeast) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
    }

    private static void Redirect(string from, string to)
    {
        ProcessRun.Must(Tc, "qdisc", "add", "dev", from, "clsact");
        ProcessRun.Must(
            Tc, "filter", "add", "dev", from, "ingress", "protocol", "all", "u32", "match", "u32", "0", "0",
            "action", "mirred", "egress", "redirect", "dev", to);
    }

    private List<TapFrame> Drain(int atLeast)
    {
        var frames = new List<TapFrame>();
        SpinWait.SpinUntil(IsEnough, TimeSpan.FromSeconds(1));
        return frames;

        bool IsEnough()
        {
            while (_to.TryRead(out VnetHeader header) is { } frame)
                frames.Add(new TapFrame(header, frame));
            return frames.Count >= atLeast;
        }
    }
}
