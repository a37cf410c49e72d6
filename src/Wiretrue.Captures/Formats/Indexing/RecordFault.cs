namespace Wiretrue.Captures.Formats.Indexing;

/// <summary>Bytes that contradict themselves.</summary>
/// <param name="Problem">What was found and what was expected.</param>
/// <param name="Advice">What the user can do.</param>
internal sealed record RecordFault(string Problem, string Advice)
{
    /// <summary>For damage in the middle: no format has marks to find the next record by.</summary>
    public static RecordFault Damage(string problem) => new(problem, "the packets before it are whole, what follows can't be found");
}
