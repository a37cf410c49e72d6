using System.CommandLine;
using System.CommandLine.Invocation;

namespace Wiretrue.Tool.CommandLine;

/// <summary>Shows the name and the bare version; the library's own shows the commit too, and no name.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Console.Out.Write($"wiretrue {typeof(VersionAction).Assembly.GetName().Version!.ToString(3)}\n");
        return ExitCode.Success;
    }
}
