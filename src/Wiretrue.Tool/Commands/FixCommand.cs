using System.CommandLine;
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
            CommonOptions.Read, OutputOptions.Write, OutputOptions.Directory, OutputOptions.Force, OutputOptions.Format, CommonOptions.Mtu,
            FixOptions.ChecksumsOnly, FixOptions.SegmentsOnly, FixOptions.Rewritten, FixOptions.All, FixOptions.Annotate, OutputOptions.DryRun,
            FixOptions.PacketBuffered, CommonOptions.Strict, OutputOptions.Json, CommonOptions.Quiet, CommonOptions.Verbose, CommonOptions.Color)
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

        return new CaptureJob<RepairReport>
        {
            Request = request.Output,
            Format = request.Repair.OutputFormat,
            Immediate = request.Immediate,

            // Cut super-frames make the file longer by a header for each segment: about 80 bytes for 1448.
            Sixteenths = 17,
            Work = (reader, output, target, stop) => CaptureRepair.Run(reader, output, request.Repair, target, progress: null, stop),
            Json = FixJson.Write,
            Summary = FixSummary.Line,
            Warning = reader => request.Repair.Annotate && (request.Repair.OutputFormat ?? reader.Format) == CaptureFormat.Pcap
                ? "a pcap has no room for comments; --annotate needs -F pcapng"
                : null,
        }.Run(parsed);
    }
}
