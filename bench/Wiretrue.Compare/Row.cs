using System.Globalization;

namespace Wiretrue.Compare;

/// <summary>What one work came to.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Ours">Our figure, with its unit.</param>
/// <param name="Peer">The peer's name and figure, or what else the ratio is to.</param>
/// <param name="Ratio">Ours divided by the peer's: less is better.</param>
/// <param name="Goal">The ratio that is still good; null for a row that is there for scale.</param>
internal sealed record Row(string Work, string Ours, string Peer, double Ratio, double? Goal)
{
    /// <summary>Whether the goal is missed, by the figure as it is printed.</summary>
    public bool Misses => Math.Round(Ratio, 2) > Goal;

    /// <summary>Two works side by side, in microseconds.</summary>
    public static Row Compare(string work, RepeatedWork ours, string peerName, RepeatedWork peer, double? goal)
    {
        Pairs pairs = Pairs.Run(ours.SecondsPerWork, peer.SecondsPerWork);
        return new Row(work, Microseconds(pairs.Ours), $"{peerName} {Microseconds(pairs.Peer)}", pairs.Ratio, goal);
    }

    private static string Microseconds(double seconds) => (seconds * 1e6).ToString("0.00 'µs'", CultureInfo.InvariantCulture);
}
