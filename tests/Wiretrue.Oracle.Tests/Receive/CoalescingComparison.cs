using System.Globalization;
using System.Text;
using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Kernel.Gro;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>Has the kernel and a <see cref="Coalescer"/> receive the same bursts, and compares what they hand up: bytes, order and state.</summary>
internal sealed class CoalescingComparison : IDisposable
{
    // Of each frame in a failing test's words.
    private const int ShownBytes = 120;

    private readonly GroRoute _route;
    private readonly Coalescer _coalescer;
    private readonly PacketPool _pool = new() { TrackOwners = false };
    private readonly PacketQueue _ready = new();
    private readonly bool _hasTagsApart;
    private int _bursts, _frames, _handedUp, _superFrames;

    /// <summary>A comparison of nothing yet.</summary>
    /// <param name="route">The kernel's way.</param>
    /// <param name="options">What was set there, in our words.</param>
    /// <param name="hasTagsApart">On this way the kernel takes the outermost VLAN tag out of the bytes.</param>
    public CoalescingComparison(GroRoute route, CoalescerOptions? options = null, bool hasTagsApart = false)
    {
        _route = route;
        _hasTagsApart = hasTagsApart;
        // A TAP device hashes nothing, so all flows share a bucket there, and the order between flows is fixed as well.
        _coalescer = new Coalescer((options ?? CoalescerOptions.Default) with { Hashing = FlowHashing.None });
    }

    /// <summary>Fails, with the fewest frames that show it, when the two are not the same.</summary>
    public void Compare(IReadOnlyList<byte[]> burst, string name)
    {
        List<GroFrame> kernel = _route.Receive(burst);
        List<GroFrame> ours = Receive(burst);
        _bursts++;
        _frames += burst.Count;
        _handedUp += kernel.Count;
        _superFrames += kernel.Count(frame => frame.State.IsGso);
        if (!AreSame(kernel, ours))
            throw new XunitException(Explain(name, Smallest(burst)));
    }

    /// <summary>How many frames each one that the coalescer hands up stands for.</summary>
    public IEnumerable<int> Merged(IReadOnlyList<byte[]> burst) => Receive(burst).Select(frame => Math.Max(1, frame.State.GsoSegments));

    /// <summary>Says how much was compared.</summary>
    public void Report(ITestOutputHelper output) => output.WriteLine(
        $"{_bursts} bursts of {_frames} frames: {_handedUp} handed up, {_superFrames} of them super-frames; 0 differences; {_route.Repeats} bursts sent again");

    /// <inheritdoc/>
    public void Dispose()
    {
        _coalescer.Dispose();
        _ready.Dispose();
        _pool.Dispose();
    }

    private List<GroFrame> Receive(IReadOnlyList<byte[]> burst)
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

    private static bool AreSame(List<GroFrame> kernel, List<GroFrame> ours) =>
        kernel.Count == ours.Count && kernel.Zip(ours).All(pair => IsSame(pair.First, pair.Second));

    private static bool IsSame(GroFrame kernel, GroFrame ours) => kernel.State == ours.State && kernel.Bytes.AsSpan().SequenceEqual(ours.Bytes);

    private List<byte[]> Smallest(IReadOnlyList<byte[]> burst)
    {
        List<byte[]> smallest = [.. burst];
        for (int i = smallest.Count - 1; i >= 0; i--)
        {
            List<byte[]> fewer = [.. smallest[..i], .. smallest[(i + 1)..]];
            if (fewer.Count > 0 && !AreSame(_route.Receive(fewer), Receive(fewer)))
                smallest = fewer;
        }
        return smallest;
    }

    private string Explain(string name, List<byte[]> burst)
    {
        List<GroFrame> kernel = _route.Receive(burst), ours = Receive(burst);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{name}: of {burst.Count} frames the kernel makes {kernel.Count}, and we {ours.Count}");
        foreach (byte[] frame in burst)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {frame.Length,5} {Shown(frame)}");
        for (int i = 0; i < Math.Max(kernel.Count, ours.Count); i++)
        {
            GroFrame? theirs = i < kernel.Count ? kernel[i] : null, own = i < ours.Count ? ours[i] : null;
            if (theirs is not null && own is not null && IsSame(theirs, own))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{i,3} the same: {own.Bytes.Length} bytes, {own.State.GsoSegments} segments");
                continue;
            }
            Describe("kernel", i, theirs);
            Describe("  ours", i, own);
        }
        return text.ToString();

        void Describe(string who, int index, GroFrame? frame) => text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{index,3} {who}: {(frame is null ? "nothing" : $"{frame.Bytes.Length} bytes {Shown(frame.Bytes)}\n      {frame.State}")}");
    }

    private static string Shown(byte[] bytes) => Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, ShownBytes)));
}
