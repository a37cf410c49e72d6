using System.CommandLine;
using System.Diagnostics;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Repair;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Commands;

/// <summary><c>wiretrue fix</c>: gives back the frames that the wire carried.</summary>
internal sealed class FixCommand : ToolCommand
{
    public FixCommand()
        : base(
            "fix",
            "give back the frames that the wire carried, and touch nothing else",
            "IN",
            CommonOptions.Read, FixOptions.Write, FixOptions.Directory, FixOptions.Force, FixOptions.Format, CommonOptions.Mtu,
            FixOptions.ChecksumsOnly, FixOptions.SegmentsOnly, FixOptions.Rewritten, FixOptions.All, FixOptions.Annotate, FixOptions.DryRun,
            FixOptions.PacketBuffered, CommonOptions.Strict, FixOptions.Json, CommonOptions.Quiet, CommonOptions.Verbose, CommonOptions.Color)
    {
    }

    public override string Usage => "[OPTION]... IN... (-w OUT | -o DIR)";

    public override string Notes => """
        IN is pcap or pcapng, plain or compressed with gzip or zstd; OUT is compressed when its name ends in
        .gz or .zst. An output takes its name only when it is whole. Only proven artefacts of offloading are
        changed; every other record is written exactly as it was read.
        """;

    public override int Run(ParseResult parsed, out string? error)
    {
        if (!FixRequest.TryCreate(parsed, out FixRequest? request, out error))
        {
            return ExitCode.Usage;
        }

        if (request.Directory is not null)
        {
            Directory.CreateDirectory(request.Directory);
        }

        Messages messages = CommonOptions.Messages(parsed);
        using var stop = new StopSignals();
        return EachInput.Run(request.Files, messages, file => Fix(file.Input, file.Output, request, parsed, messages, stop));
    }

    private static int Fix(string input, string? output, FixRequest request, ParseResult parsed, Messages messages, StopSignals stop)
    {
        try
        {
            using CaptureReader reader = CaptureReader.Open(input, immediate: request.Immediate);
            if (request.Repair.Annotate && (request.Repair.OutputFormat ?? reader.Format) == CaptureFormat.Pcap)
            {
                messages.Warning($"{reader.Name}: a pcap has no room for comments; --annotate needs -F pcapng");
            }

            long start = Stopwatch.GetTimestamp();
            RepairReport report = Repair(reader, input, output, request, parsed, stop);
            int code = CutTail.Tell(reader, request.Strict, messages);
            Tell(reader, output, report, Stopwatch.GetElapsedTime(start), request, parsed, messages);
            return code;
        }
        catch (CaptureAccessException refused) when (refused.File == output && refused.Fault is CaptureAccessFault.NotFound or CaptureAccessFault.IsDirectory)
        {
            // The same words as for an input, but no input is at fault.
            messages.Error(refused.Message);
            return ExitCode.Refused;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return stop.Code;
        }
    }

    private static RepairReport Repair(
        CaptureReader reader, string input, string? output, FixRequest request, ParseResult parsed, StopSignals stop)
    {
        PcapTarget? target = TargetOf(reader, input, request.Repair);
        using CaptureOutput? written = output is null ? null : CaptureOutput.Create(output, new CaptureOutputOptions
        {
            Overwrite = request.Force,
            Input = input,
            SizeHint = SizeHint(reader),
            Immediate = request.Immediate,
        });
        stop.Unfinished = written;
        RepairReport report;
        using (CommonOptions.Progress(parsed, reader))
        {
            report = CaptureRepair.Run(reader, written, request.Repair, target, progress: null, stop.Token);
        }

        stop.Unfinished = null;
        written?.Complete();
        return report;
    }

    // From pcapng to pcap all interfaces must be known before the first byte is written. A file can be read twice; a pipe must show them in time.
    private static PcapTarget? TargetOf(CaptureReader reader, string input, RepairOptions options)
    {
        if (options.OutputFormat != CaptureFormat.Pcap || reader.Format != CaptureFormat.PcapNg || reader.FileLength is null || input == "-")
        {
            return null;
        }

        using CaptureReader ahead = CaptureReader.Open(input);
        return PcapTarget.Of(ahead);
    }

    // Cut super-frames make the file longer by a header for each segment: about 80 bytes for 1448.
    private static long SizeHint(CaptureReader reader) =>
        reader is { Compression: CaptureCompression.None, FileLength: { } length } ? length + (length / 16) : 0;

    private static void Tell(
        CaptureReader reader, string? output, RepairReport report, TimeSpan time, FixRequest request, ParseResult parsed, Messages messages)
    {
        foreach (string warning in report.Warnings)
        {
            messages.Warning($"{reader.Name}: {warning}");
        }

        if (request.Json)
        {
            using Stream stdout = Console.OpenStandardOutput();
            FixJson.Write(stdout, report);
        }

        if (messages.IsQuiet)
        {
            return;
        }

        messages.Note(FixSummary.Line(reader.Name, output == "-" ? "standard output" : output, report));
        if (parsed.Has(CommonOptions.Verbose))
        {
            string format = FormatWords.Of(request.Repair.OutputFormat ?? reader.Format);
            messages.Note($"{Rate.Of(reader, time)}; written: {report.OutBytes} bytes of {format}");
        }
    }
}
