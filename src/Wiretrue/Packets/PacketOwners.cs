using System.Diagnostics;
using System.Text;

namespace Wiretrue.Packets;

/// <summary>Where the packets of a pool were lent and given back, so that a leak or a double release can be named.</summary>
/// <remarks>It stands beside the packets, not in them: a pool that tracks nothing has no field to fill in for each.</remarks>
internal sealed class PacketOwners
{
    private const int FramesShown = 6;
    private const int LeaksShown = 10;
    private const string OwnNamespace = "Wiretrue.Packets.";

    private readonly Dictionary<Packet, Life> _lives = new(ReferenceEqualityComparer.Instance);

    /// <summary>The packets from <paramref name="first"/> to <paramref name="last"/> are lent here.</summary>
    public void Lend(Packet first, Packet last)
    {
        var life = new Life(new StackTrace(fNeedFileInfo: false), Returned: null);
        for (Packet? packet = first; packet is not null; packet = ReferenceEquals(packet, last) ? null : packet.Next)
            _lives[packet] = life;
    }

    /// <summary>The packets from <paramref name="first"/> to <paramref name="last"/> come back here.</summary>
    public void Return(Packet first, Packet last)
    {
        var here = new StackTrace(fNeedFileInfo: false);
        for (Packet? packet = first; packet is not null; packet = ReferenceEquals(packet, last) ? null : packet.Next)
            _lives[packet] = new Life(_lives.GetValueOrDefault(packet).Lent, here);
    }

    /// <summary>One packet's life in words, each line after the first indented; empty when nothing is known of it.</summary>
    public string Describe(Packet packet)
    {
        var text = new StringBuilder();
        if (!_lives.TryGetValue(packet, out Life life))
            return "";
        Append(text, "lent", life.Lent);
        Append(text, "given back", life.Returned);
        return text.ToString();
    }

    /// <summary>Where the packets that are still out were lent, most first.</summary>
    public string DescribeOutstanding()
    {
        var text = new StringBuilder();
        IEnumerable<IGrouping<string, Life>> places = _lives.Values.Where(life => life.Returned is null)
            .GroupBy(life => Innermost(life.Lent))
            .OrderByDescending(place => place.Count());
        foreach (IGrouping<string, Life> place in places.Take(LeaksShown))
            text.Append($"\n{place.Count()} lent").Append(Frames(place.First().Lent));
        return text.ToString();
    }

    private static void Append(StringBuilder text, string what, StackTrace? place)
    {
        if (place is not null)
            text.Append('\n').Append(what).Append(Frames(place));
    }

    /// <summary>The callers, innermost first, from the first one on that is not of the packets themselves.</summary>
    private static string Frames(StackTrace? place)
    {
        if (place is null)
            return " before its pool tracked owners";
        return "\n" + string.Join('\n', Callers(place).Take(FramesShown)).TrimEnd();
    }

    private static string Innermost(StackTrace? place) => place is null ? "" : Callers(place).FirstOrDefault("");

    private static IEnumerable<string> Callers(StackTrace place) => place.ToString()
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .SkipWhile(line => line.Contains(OwnNamespace, StringComparison.Ordinal));

    private readonly record struct Life(StackTrace? Lent, StackTrace? Returned);
}
