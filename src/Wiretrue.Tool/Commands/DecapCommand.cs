using System.CommandLine;
using Wiretrue.Captures.Tunnelling;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Commands;

/// <summary><c>wiretrue decap</c>: takes packets out of their tunnels.</summary>
internal sealed class DecapCommand : ToolCommand
{
    public DecapCommand()
        : base(
            "decap",
            "take packets out of their tunnels: VXLAN, Geneve, GRE, ERSPAN, ...",
            "IN",
            CommonOptions.Read, OutputOptions.Write, OutputOptions.Directory, OutputOptions.Force, OutputOptions.Format, DecapOptions.Type,
            DecapOptions.Vni, DecapOptions.Key, DecapOptions.Session, DecapOptions.Levels, DecapOptions.All, DecapOptions.Keep, DecapOptions.Port,
            OutputOptions.DryRun, CommonOptions.Strict, OutputOptions.Json, CommonOptions.Quiet, CommonOptions.Verbose, CommonOptions.Color)
    {
    }

    public override string Usage => "[OPTION]... IN... (-w OUT | -o DIR)";

    public override string Notes => """
        TYPE is vxlan, vxlan-gpe, geneve, gre, gretap, erspan, gue, fou, ipip, sit, ip6tnl, mpls-udp, gtp-u.
        For a port it is one of those over UDP, fou-ipv4, fou-ipv6, fou-gre, or none.
        What is inside comes out byte for byte, only checksums left to the receiver are completed. A packet
        without an Ethernet header inside keeps the one from before the tunnel; where there is none, it gets
        one with addresses of zeros.
        """;

    public override int Run(ParseResult parsed, out string? error)
    {
        if (!DecapRequest.TryCreate(parsed, out DecapRequest? request, out error))
        {
            return ExitCode.Usage;
        }

        return new CaptureJob<DecapsulationReport>
        {
            Request = request.Output,
            Format = request.Output.Format,
            Links = request.Options.Links,
            Work = (reader, output, target, stop) => CaptureDecapsulation.Run(reader, output, request.Options, target, stop),
            Json = DecapJson.Write,
            Summary = (input, output, report) => DecapSummary.Line(input, output, report, request.Options.KeepOthers),
        }.Run(parsed);
    }
}
