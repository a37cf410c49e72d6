using System.CommandLine;
using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>The options of <c>wiretrue inspect</c>.</summary>
internal static class InspectOptions
{
    public static readonly Option Json = Words.Flag("--json", null, "print the counts as JSON on stdout, one line per input");
}
