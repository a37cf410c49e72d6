using System.CommandLine;
using System.Diagnostics;
using Wiretrue.Captures;
using Wiretrue.Captures.Formats;
using Wiretrue.Headers;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Commands;

/// <summary>What a command does with each of its captures, and how it tells of it: all commands that write captures are one of these.</summary>
/// <typeparam name="T">What there is to tell.</typeparam>
internal sealed class CaptureJob<T>
    where T : CaptureReport
{
    public required OutputRequest Request { get; init; }

    /// <summary>The container that is written; null for the input's own.</summary>
    public CaptureFormat? Format { get; init; }

    /// <summary>What becomes of link types; null when each stays what it is.</summary>
    public Func<LinkType, LinkType>? Links { get; init; }

    /// <summary>What has arrived is written at once.</summary>
    public bool Immediate { get; init; }

    /// <summary>Bytes of the output for 16 of the input, roughly.</summary>
    public int Sixteenths { get; init; } = 16;

    /// <summary>Does the work.</summary>
    public required Func<CaptureReader, CaptureOutput?, PcapTarget?, CancellationToken, T> Work { get; init; }

    /// <summary>The report for programs: one line.</summary>
    public required Action<Stream, T> Json { get; init; }

    /// <summary>The report for people: one line, of the input's name, the output's (null for a dry run), and what was done.</summary>
    public required Func<string, string?, T, string> Summary { get; init; }

    /// <summary>Says beforehand what cannot be had; null when all can.</summary>
    public Func<CaptureReader, string?>? Warning { get; init; }

    /// <summary>Works on each capture in turn.</summary>
    /// <returns>The process's exit code.</returns>
    public int Run(ParseResult parsed)
    {
        if (Request.Directory is not null)
        {
            Directory.CreateDirectory(Request.Directory);
        }

        Messages messages = CommonOptions.Messages(parsed);
        using var stop = new StopSignals();
        return EachInput.Run(Request.Files, messages, file => Run(file.Input, file.Output, parsed, messages, stop));
    }

    private int Run(string input, string? output, ParseResult parsed, Messages messages, StopSignals stop)
    {
        try
        {
            using CaptureReader reader = CaptureReader.Open(input, immediate: Immediate);
            if (Warning?.Invoke(reader) is { } warning)
            {
                messages.Warning($"{reader.Name}: {warning}");
            }

            long start = Stopwatch.GetTimestamp();
            T report = Run(reader, input, output, parsed, stop);
            int code = CutTail.Tell(reader, Request.Strict, messages);
            Tell(reader, output, report, Stopwatch.GetElapsedTime(start), parsed, messages);
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

    private T Run(CaptureReader reader, string input, string? output, ParseResult parsed, StopSignals stop)
    {
        PcapTarget? target = TargetOf(reader, input);
        using CaptureOutput? written = output is null ? null : CaptureOutput.Create(output, new CaptureOutputOptions
        {
            Overwrite = Request.Force,
            Input = input,
            SizeHint = reader is { Compression: CaptureCompression.None, FileLength: { } length } ? length / 16 * Sixteenths : 0,
            Immediate = Immediate,
        });
        stop.Unfinished = written;
        T report;
        using (CommonOptions.Progress(parsed, reader))
        {
            report = Work(reader, written, target, stop.Token);
        }

        stop.Unfinished = null;
        written?.Complete();
        return report;
    }

    // From pcapng to pcap all interfaces must be known before the first byte is written. A file can be read twice; a pipe must show them in time.
    private PcapTarget? TargetOf(CaptureReader reader, string input)
    {
        if (Format != CaptureFormat.Pcap || reader.Format != CaptureFormat.PcapNg || reader.FileLength is null || input == "-")
        {
            return null;
        }

        using CaptureReader ahead = CaptureReader.Open(input);
        return PcapTarget.Of(ahead, Links);
    }

    private void Tell(CaptureReader reader, string? output, T report, TimeSpan time, ParseResult parsed, Messages messages)
    {
        foreach (string warning in report.Warnings)
        {
            messages.Warning($"{reader.Name}: {warning}");
        }

        if (Request.Json)
        {
            using Stream stdout = Console.OpenStandardOutput();
            Json(stdout, report);
        }

        if (messages.IsQuiet)
        {
            return;
        }

        messages.Note(Summary(reader.Name, output == "-" ? "standard output" : output, report));
        if (parsed.Has(CommonOptions.Verbose))
        {
            messages.Note($"{Rate.Of(reader, time)}; written: {report.OutBytes} bytes of {FormatWords.Of(Format ?? reader.Format)}");
        }
    }
}
