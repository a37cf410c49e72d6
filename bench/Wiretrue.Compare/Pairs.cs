namespace Wiretrue.Compare;

/// <summary>What alternating runs of two works came to: the medians of both, and the median of the ratios within each pair.</summary>
/// <remarks>
/// A machine that slows down or speeds up does it to both runs of a pair; a median leaves out the pair that something else got between.
/// </remarks>
internal readonly record struct Pairs(double Ours, double Peer, double Ratio)
{
    private const int Count = 5;

    /// <summary>Runs both in turn, five times; each returns the seconds that it took, or seconds per unit of its work.</summary>
    public static Pairs Run(Func<double> ours, Func<double> peer)
    {
        var ourTimes = new double[Count];
        var peerTimes = new double[Count];
        var ratios = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            // Which one goes first changes too: what the first leaves in the caches is then nobody's gain.
            if (i % 2 == 0)
            {
                ourTimes[i] = ours();
                peerTimes[i] = peer();
            }
            else
            {
                peerTimes[i] = peer();
                ourTimes[i] = ours();
            }

            ratios[i] = ourTimes[i] / peerTimes[i];
        }

        return new Pairs(Median(ourTimes), Median(peerTimes), Median(ratios));
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
