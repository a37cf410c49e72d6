using System.Diagnostics;

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

    /// <summary>The interface that is written to.</summary>
    public string From => _from.Name;

    /// <summary>The interface that is read from.</summary>
    public string To => _to.Name;

    /// <summary>Makes the two interfaces, and joins them.</summary>
    /// <param name="name">What they are named after: at most 10 characters.</param>
    /// <param name="offloads">The <c>TUN_F_*</c> bits of what the second one's reader takes undone.</param>
    /// <param name="through">The two ends of a veth pair to send it through on the way, that the caller made; null for none.</param>
    /// <param name="headerLength">Bytes of the header before each frame that is written.</param>
    public static TapPair Create(
        string name, uint offloads = 0, (string First, string Second)? through = null, int headerLength = VnetHeader.Length)
    {
        TapPair pair = CreateApart(name, offloads, isDirect: through is null, headerLength);
        try
        {
            NetworkInterface.Redirect(pair.From, through?.First ?? pair.To);
            if (through is { } veth)
            {
                // What is no super-frame and longer than this is dropped.
                foreach (string end in (string[])[veth.First, veth.Second])
                    NetworkInterface.BringUp(end, "mtu", "65535");
                NetworkInterface.Redirect(veth.Second, pair.To);
                pair.WaitUntilOpen();
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

    /// <summary>Makes the two interfaces, and leaves it to the caller to join them.</summary>
    /// <param name="name">What they are named after: at most 10 characters.</param>
    /// <param name="offloads">The <c>TUN_F_*</c> bits of what the second one's reader takes undone.</param>
    /// <param name="isDirect">The way between them will end before a write returns.</param>
    /// <param name="headerLength">Bytes of the header before each frame that is written.</param>
    public static TapPair CreateApart(string name, uint offloads = 0, bool isDirect = true, int headerLength = VnetHeader.Length)
    {
        // A number each: an interface lives on while a process that another test has just forked still holds its descriptor, up to its exec.
        name = $"{name}{Interlocked.Increment(ref _count)}";
        // A reader that takes tunnels undone must have room for what is said of them, or no read succeeds.
        int length = (offloads & TunnelOffloads) != 0 ? VnetHeader.Length : VnetHeader.PlainLength;
        var pair = new TapPair(
            TapDevice.Create($"{name}-a", offloads: 0, headerLength), TapDevice.Create($"{name}-b", offloads, length), isDirect);
        try
        {
            // 64 KiB in one-byte segments must fit in the queue: it takes effect before the interface is up, not after.
            NetworkInterface.BringUp(pair.From, "txqueuelen", "100000");
            NetworkInterface.BringUp(pair.To, "txqueuelen", "100000");
            return pair;
        }
        catch
        {
            pair.Dispose();
            throw;
        }
    }

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

    /// <summary>Hands a frame to the kernel; false when it refuses the header.</summary>
    public bool TryWrite(in VnetHeader header, ReadOnlySpan<byte> frame) => _from.TryWrite(header, frame);

    /// <summary>Takes the next frame that came out.</summary>
    /// <param name="isExpected">Wait for it, a second at most, where the way does not end before the write returns.</param>
    /// <param name="header">What is still owed to it.</param>
    /// <param name="frame">Stands until the next call of any kind.</param>
    public bool TryTake(bool isExpected, out VnetHeader header, out ReadOnlySpan<byte> frame)
    {
        if (_to.TryTake(out header, out frame))
            return true;
        long start = Stopwatch.GetTimestamp();
        while (isExpected && !_isDirect && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1))
        {
            Thread.Yield();
            if (_to.TryTake(out header, out frame))
                return true;
        }
        return false;
    }

    /// <summary>Forgets the frames that have come out, and those that no read succeeds for, as their header has no word for them.</summary>
    public void Discard()
    {
        while (true)
        {
            try
            {
                Drain(atLeast: 0);
                return;
            }
            catch (IOException)
            {
                // That one is gone.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
    }

    // An interface with a peer sends nothing before the kernel has noticed its carrier, in its own time.
    private void WaitUntilOpen()
    {
        byte[] frame = new byte[60];
        frame.AsSpan(0, 12).Fill(2);
        for (int i = 0; i < 20; i++)
        {
            _from.TryWrite(default, frame);
            if (Drain(atLeast: 1).Count > 0)
                return;
        }
        throw new IOException($"nothing comes through from {From} to {To}");
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
