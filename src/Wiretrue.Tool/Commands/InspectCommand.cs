using System.CommandLine;
using System.Diagnostics;
using Wiretrue.Captures.Diagnosis;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Commands;

/// <summary><c>wiretrue inspect</c>: counts what a repair would look at, and writes nothing.</summary>
internal sealed class InspectCommand : ToolCommand
{
    public InspectCommand()
        : base(
            "inspect",
            "count the states of a capture's checksums, and its super-frames",
            "IN",
            CommonOptions.Read, CommonOptions.Mtu, CommonOptions.Strict, InspectOptions.Json, CommonOptions.Quiet, CommonOptions.Verbose,
            CommonOptions.Color)
    {
    }

    public override string Usage => "[OPTION]... IN...";

    public override string Notes => """
        IN is pcap or pcapng, plain or compressed with gzip or zstd; - is stdin. Nothing is written.
        """;

    public override int Run(ParseResult parsed, out string? error)
    {
        string[] inputs = CommonOptions.Inputs(parsed);
        error = InputRules.Contradiction(inputs);
        if (error is not null || !InputRules.TryMtu(parsed.GetValue(CommonOptions.Mtu), out int mtu, out error))
        {
            return ExitCode.Usage;
        }

        Messages messages = CommonOptions.Messages(parsed);
        return EachInput.Run(inputs, messages, input => Inspect(input, mtu, parsed, messages));
    }

    private static int Inspect(string input, int mtu, ParseResult parsed, Messages messages)
    {
        using CaptureReader reader = CaptureReader.Open(input);
        long start = Stopwatch.GetTimestamp();
        InspectReport report;
        using (CommonOptions.Progress(parsed, reader))
        {
            report = CaptureInspector.Inspect(reader, new InferenceOptions { Mtu = mtu });
        }

        Show(reader, report, parsed);
        if (parsed.Has(CommonOptions.Verbose))
        {
            messages.Note(Rate.Of(reader, Stopwatch.GetElapsedTime(start)));
        }

        return CutTail.Tell(reader, parsed.Has(CommonOptions.Strict), messages);
    }

    private static void Show(CaptureReader reader, InspectReport report, ParseResult parsed)
    {
        if (parsed.Has(InspectOptions.Json))
        {
            using Stream stdout = Console.OpenStandardOutput();
            InspectJson.Write(stdout, reader.Name, reader.Compression, report);
            return;
        }

        var table = new InspectTable(reader.Name, reader.Compression, report);
        if (!Console.IsOutputRedirected && CommonOptions.IsColored(parsed, isTerminal: true))
        {
            TerminalTable.Write(Console.Out, table);
        }
        else
        {
            PlainTable.Write(Console.Out, table);
        }
    }
}
