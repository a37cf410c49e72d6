using System.CommandLine;
using Wiretrue.Captures.Coalescing;
using Wiretrue.Captures.Formats;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Commands;

/// <summary><c>wiretrue merge</c>: makes of frames what a receiving kernel would have made of them.</summary>
internal sealed class MergeCommand : ToolCommand
{
    public MergeCommand()
        : base(
            "merge",
            "make of the frames what a receiving kernel would have made of them",
            "IN",
            CommonOptions.Read, OutputOptions.Write, OutputOptions.Directory, OutputOptions.Force, MergeCommandOptions.Format, MergeCommandOptions.MaxSize,
            MergeCommandOptions.FlushAfter, MergeCommandOptions.Udp, MergeCommandOptions.Outbound, OutputOptions.DryRun, CommonOptions.Strict,
            OutputOptions.Json, CommonOptions.Quiet, CommonOptions.Verbose, CommonOptions.Color)
    {
    }

    public override string Usage => "[OPTION]... IN... (-w OUT | -o DIR)";

    public override string Notes => """
        Frames of a flow become one super-frame, by the rules of the kernel's receive offload (GRO). It
        stands in the place of its first frame, with its time. The output is pcapng, where flags and a
        comment keep how it is to be cut: wiretrue fix gives each frame back. Every other packet is written
        as it was read. TIME is a number with ns, us, ms or s.
        """;

    public override int Run(ParseResult parsed, out string? error)
    {
        if (!MergeRequest.TryCreate(parsed, out MergeRequest? request, out error))
        {
            return ExitCode.Usage;
        }

        return new CaptureJob<MergeReport>
        {
            Request = request.Output,
            Format = request.Options.OutputFormat,
            Work = (reader, output, target, stop) => CaptureMerge.Run(reader, output, request.Options, target, stop),
            Json = MergeJson.Write,
            Summary = MergeSummary.Line,
            Warning = _ => request.Options.OutputFormat == CaptureFormat.Pcap
                ? "a pcap has no room for what gives each frame back; fix can only infer it"
                : null,
        }.Run(parsed);
    }
}
