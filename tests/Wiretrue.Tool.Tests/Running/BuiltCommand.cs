using Wiretrue.Testing;

namespace Wiretrue.Tool.Tests.Running;

/// <summary>Runs the built command as its own process, as a user does.</summary>
internal static class BuiltCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    // What the machine's own environment says about colour must not decide a test.
    private static readonly Dictionary<string, string?> NoColorWords = new(StringComparer.Ordinal)
    {
        ["NO_COLOR"] = null,
        ["CLICOLOR"] = null,
        ["CLICOLOR_FORCE"] = null,
    };

    /// <summary>The executable that was built with the tests.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Wiretrue.Tool");

    /// <summary>One of the captures that come with the sources.</summary>
    public static string Sample(string name) => RepositoryRoot.Combine("samples", name);

    public static ProcessRun Run(params string[] arguments) => ProcessRun.Run(Path, arguments, input: null, Limit, NoColorWords);

    public static ProcessRun RunWith(byte[] input, params string[] arguments) => ProcessRun.Run(Path, arguments, input, Limit, NoColorWords);

    public static ProcessRun RunWith(string variable, string value, params string[] arguments) =>
        ProcessRun.Run(Path, arguments, input: null, Limit, new Dictionary<string, string?>(NoColorWords, StringComparer.Ordinal) { [variable] = value });

    /// <summary>Runs a shell line with the tool as <c>$0</c> and the arguments as <c>$1</c> and so on.</summary>
    public static ProcessRun Shell(string line, params string[] arguments) =>
        ProcessRun.Run("bash", ["-c", line, Path, .. arguments], input: null, Limit, NoColorWords);
}
