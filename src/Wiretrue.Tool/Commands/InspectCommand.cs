using System.Diagnostics;
using Wiretrue.Captures.Diagnosis;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Commands;

/// <summary><c>wiretrue inspect</c>: counts what a repair would look at, and writes nothing.</summary>
internal sealed class InspectCommand : Command
{
    public override string Name => "inspect";

    public override string Summary => "count the states of a capture's checksums, and its super-frames";

    public override string Usage => "[OPTION]... IN...";

    public override Option[] Options => InspectOptions.List;

    public override string Notes => """
        IN is pcap or pcapng, plain or compressed with gzip or zstd; - is stdin. Nothing is written.
        """;

    public override int Run(Arguments arguments, out string? error)
    {
        string[] inputs = [.. arguments.Values(InspectOptions.Read), .. arguments.Operands];
        error = InputRules.Contradiction(inputs);
        if (error is not null || !InputRules.TryMtu(arguments.Value(InspectOptions.Mtu), out int mtu, out error))
        {
            return ExitCode.Usage;
        }

        Messages messages = CommonOptions.Messages(arguments);
        return EachInput.Run(inputs, messages, input => Inspect(input, mtu, arguments, messages));
    }

    private static int Inspect(string input, int mtu, Arguments arguments, Messages messages)
    {
        using CaptureReader reader = CaptureReader.Open(input);
        long start = Stopwatch.GetTimestamp();
        InspectReport report;
        using (CommonOptions.Progress(arguments, reader))
        {
            report = CaptureInspector.Inspect(reader, new InferenceOptions { Mtu = mtu });
        }

        Show(reader, report, arguments);
        if (arguments.Has(CommonOptions.Verbose))
        {
            messages.Note(Rate.Of(reader, Stopwatch.GetElapsedTime(start)));
        }

        return CutTail.Tell(reader, arguments.Has(InspectOptions.Strict), messages);
    }

    private static void Show(CaptureReader reader, InspectReport report, Arguments arguments)
    {
        if (arguments.Has(InspectOptions.Json))
        {
            using Stream stdout = Console.OpenStandardOutput();
            InspectJson.Write(stdout, reader.Name, reader.Compression, report);
            return;
        }

        var table = new InspectTable(reader.Name, reader.Compression, report);
        if (!Console.IsOutputRedirected && CommonOptions.IsColored(arguments, isTerminal: true))
        {
            TerminalTable.Write(Console.Out, table);
        }
        else
        {
            PlainTable.Write(Console.Out, table);
        }
    }
}
