using System.Globalization;

namespace Wiretrue.Compare;

/// <summary>Prints rows as they come, in columns.</summary>
internal sealed class Table(TextWriter output)
{
    /// <summary>How many rows missed their goal so far.</summary>
    public int Misses { get; private set; }

    /// <summary>The names of the columns.</summary>
    public void Head() => Line("work", "ours", "peer", "ratio", "goal", "");

    /// <summary>One row, with <c>pass</c> or <c>MISS</c> where it has a goal.</summary>
    public void Add(Row row)
    {
        if (row.Misses)
            Misses++;
        Line(
            row.Work,
            row.Ours,
            row.Peer,
            row.Ratio.ToString("0.00", CultureInfo.InvariantCulture),
            row.Goal is { } goal ? "<= " + goal.ToString("0.00", CultureInfo.InvariantCulture) : "-",
            row.Goal is null ? "" : row.Misses ? "MISS" : "pass");
    }

    private void Line(string work, string ours, string peer, string ratio, string goal, string verdict) =>
        output.WriteLine($"{work,-38} {ours,14} {peer,32} {ratio,6} {goal,8}  {verdict}".TrimEnd());
}
