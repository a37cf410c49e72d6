using System.Text;
using Wiretrue.Captures.Inference;

namespace Wiretrue.Tool.Output;

/// <summary>The words for why a packet was left alone: the enumeration's own names, in the casing of where they appear.</summary>
internal static class ReasonWords
{
    /// <summary>As JSON names it: <c>superFrameBad</c>.</summary>
    public static string Json(LeftReason reason) => JsonWords.Of(reason);

    /// <summary>As a sentence has it: <c>super frame bad</c>.</summary>
    public static string Plain(LeftReason reason)
    {
        var words = new StringBuilder();
        foreach (char letter in reason.ToString())
        {
            words.Append(char.IsAsciiLetterUpper(letter) && words.Length > 0 ? " " : "").Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
