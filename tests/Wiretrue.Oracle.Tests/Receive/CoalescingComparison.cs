using System.Globalization;
using System.Text;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing;
using Wiretrue.Testing.Kernel.Gro;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>Has the kernel and a <see cref="Coalescer"/> receive the same bursts, and compares what they hand up: bytes, order and state.</summary>
internal sealed class CoalescingComparison : IDisposable
{
    // Of each frame in a failing test's words, and differences there.
    private const int ShownBytes = 120, ShownDifferences = 5;

    private readonly GroRoute _route;
    private readonly CoalescerRun _run;
    private readonly List<string> _shown = [];
    private readonly SortedDictionary<string, int> _faults = new(StringComparer.Ordinal);
    private int _bursts, _frames, _handedUp, _superFrames, _differences;

    /// <summary>A comparison of nothing yet.</summary>
    /// <param name="route">The kernel's way.</param>
    /// <param name="options">What was set there, in our words.</param>
    /// <param name="hasTagsApart">On this way the kernel takes the outermost VLAN tag out of the bytes.</param>
    public CoalescingComparison(GroRoute route, CoalescerOptions? options = null, bool hasTagsApart = false)
    {
        _route = route;
        _run = new CoalescerRun(options, hasTagsApart);
    }

    /// <summary>Compares so many bursts of a kind, ten times as many in a long run.</summary>
    /// <param name="output">Where to say how much was compared.</param>
    /// <param name="rounds">How many.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <param name="sourceOf">Their kind.</param>
    /// <param name="options">What is set, in our words.</param>
    /// <param name="prepare">Sets the same in the kernel.</param>
    public static void Run(
        ITestOutputHelper output, int rounds, int seed, Func<Random, BurstSource> sourceOf, CoalescerOptions? options, Action<GroRoute>? prepare)
    {
        using var route = GroRoute.Create();
        prepare?.Invoke(route);
        using var comparison = new CoalescingComparison(route, options);
        comparison.Run(output, rounds, sourceOf(new Random(seed)));
    }

    /// <summary>Compares so many bursts, ten times as many in a long run, and reports.</summary>
    public void Run(ITestOutputHelper output, int rounds, BurstSource source)
    {
        for (int i = 0; i < LongRun.Times(rounds); i++)
            Compare(source.Next(), $"burst {i}");
        Report(output);
    }

    /// <summary>Has both receive a burst.</summary>
    private void Compare(IReadOnlyList<byte[]> burst, string name)
    {
        List<GroFrame> kernel = _route.Receive(burst);
        List<GroFrame> ours = _run.Receive(burst);
        _bursts++;
        _frames += burst.Count;
        _handedUp += kernel.Count;
        _superFrames += kernel.Count(frame => frame.State.IsGso);
        if (AreSame(kernel, ours))
            return;
        _differences++;
        if (_shown.Count < ShownDifferences)
            _shown.Add(Explain(name, Smallest(burst)));
    }

    /// <summary>Says how much was compared; fails, with the fewest frames that show it, when the two were not always the same.</summary>
    private void Report(ITestOutputHelper output)
    {
        string report = $"{_bursts} bursts of {_frames} frames: {_handedUp} handed up, {_superFrames} of them super-frames; "
            + $"{_differences} differences; {_route.Repeats} bursts sent again"
            + string.Concat(_faults.Select(fault => $"; {fault.Value} super-frames with {fault.Key}"));
        output.WriteLine(report);
        if (_differences != 0)
            throw new XunitException($"{report}\n{string.Join('\n', _shown)}");
    }

    /// <inheritdoc/>
    public void Dispose() => _run.Dispose();

    private bool AreSame(List<GroFrame> kernel, List<GroFrame> ours) =>
        kernel.Count == ours.Count && kernel.Zip(ours).All(pair => IsSame(pair.First, pair.Second));

    private bool IsSame(GroFrame kernel, GroFrame ours)
    {
        if (kernel.State == ours.State && kernel.Bytes.AsSpan().SequenceEqual(ours.Bytes))
            return true;
        if (KernelFault.Of(kernel, ours) is not { } fault)
            return false;
        _faults[fault] = _faults.GetValueOrDefault(fault) + 1;
        return true;
    }

    private List<byte[]> Smallest(IReadOnlyList<byte[]> burst)
    {
        List<byte[]> smallest = [.. burst];
        for (int i = smallest.Count - 1; i >= 0; i--)
        {
            List<byte[]> fewer = [.. smallest[..i], .. smallest[(i + 1)..]];
            if (fewer.Count > 0 && !AreSame(_route.Receive(fewer), _run.Receive(fewer)))
                smallest = fewer;
        }
        return smallest;
    }

    private string Explain(string name, List<byte[]> burst)
    {
        List<GroFrame> kernel = _route.Receive(burst), ours = _run.Receive(burst);
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
