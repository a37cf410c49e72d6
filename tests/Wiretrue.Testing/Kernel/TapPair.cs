namespace Wiretrue.Testing.Kernel;

/// <summary>
/// The kernel as a cutter of super-frames: what is written to one TAP is redirected (tc, mirred) to a second one that takes nothing
/// undone, so the kernel has to segment and complete before it hands over.
/// </summary>
/// <remarks>
/// <code>
///   Cut ──write──► TAP a ──ingress: mirred──► TAP b (no offloads) ──read──► frames
/// </code>
/// The route is synchronous: when the write returns, the frames lie in b's queue. Make it inside a network namespace of the test's own.
/// </remarks>
public sealed class TapPair : IDisposable
{
    private static int _count;

    private readonly TapDevice _from;
    private readonly TapDevice _to;

    private TapPair(TapDevice from, TapDevice to)
    {
        _from = from;
        _to = to;
    }

    /// <summary>Makes the two interfaces, named after <paramref name="name"/> (at most 10 characters).</summary>
    public static TapPair Create(string name)
    {
        // A number each: an interface lives on while a process that another test has just forked still holds its descriptor, up to its exec.
        name = $"{name}{Interlocked.Increment(ref _count)}";
        var pair = new TapPair(
            TapDevice.Create($"{name}-a", offloads: 0, VnetHeader.Length), TapDevice.Create($"{name}-b", offloads: 0, VnetHeader.PlainLength));
        try
        {
            foreach (TapDevice tap in (TapDevice[])[pair._from, pair._to])
            {
                // Without this the kernel sends its own IPv6 chatter into the queue that is read.
                File.WriteAllText($"/proc/sys/net/ipv6/conf/{tap.Name}/disable_ipv6", "1");
                // 64 KiB in one-byte segments must fit in the queue: it takes effect before the interface is up, not after.
                ProcessRun.Must(Ip, "link", "set", tap.Name, "txqueuelen", "100000", "up");
            }
            ProcessRun.Must(Tc, "qdisc", "add", "dev", pair._from.Name, "clsact");
            ProcessRun.Must(
                Tc, "filter", "add", "dev", pair._from.Name, "ingress", "protocol", "all", "u32", "match", "u32", "0", "0",
                "action", "mirred", "egress", "redirect", "dev", pair._to.Name);
            pair.Drain();
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
    public List<byte[]>? Cut(in VnetHeader header, ReadOnlySpan<byte> frame) => _from.TryWrite(header, frame) ? Drain() : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
    }

    private List<byte[]> Drain()
    {
        var frames = new List<byte[]>();
        while (_to.TryRead(out _) is { } frame)
            frames.Add(frame);
        return frames;
    }
}
