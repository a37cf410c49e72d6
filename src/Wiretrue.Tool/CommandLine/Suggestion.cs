namespace Wiretrue.Tool.CommandLine;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
internal static class Suggestion
{
    // Two slips of the finger. Beyond that a guess is more often wrong than right.
    private const int MaxDistance = 2;

    /// <summary>The end of an error message: "; did you mean X?", or nothing when no word is near.</summary>
    public static string For(string word, IEnumerable<string> known)
    {
        string? best = known.MinBy(each => Distance(word, each));
        return best is not null && Distance(word, best) <= MaxDistance ? $"; did you mean {best}?" : "";
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (optimal string alignment).</summary>
    internal static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int replaced = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
