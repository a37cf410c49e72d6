using System.CommandLine;
using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>The options of <c>wiretrue features</c>.</summary>
internal static class FeaturesOptions
{
    public static readonly Option ShowFeatures = Words.Flag("--show-features", "-k", "only what ethtool -k prints");
    public static readonly Option Json = Words.Flag("--json", null, "print JSON on stdout, as ethtool --json -k does, and more");
}
