using System.CommandLine;
using Wiretrue.Captures.Tunnelling;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Commands;

/// <summary><c>wiretrue encap</c>: puts packets into a tunnel.</summary>
internal sealed class EncapCommand : ToolCommand
{
    public EncapCommand()
        : base(
            "encap",
            "put packets into a tunnel: VXLAN, Geneve, GRE, ERSPAN, ...",
            "TYPE IN",
            CommonOptions.Read, OutputOptions.Write, OutputOptions.Directory, OutputOptions.Force, OutputOptions.Format, EncapOptions.Local,
            EncapOptions.Remote, EncapOptions.Vni, EncapOptions.Key, EncapOptions.Session, EncapOptions.Label, EncapOptions.UdpChecksum,
            EncapOptions.RemoteChecksum, EncapOptions.Checksum, EncapOptions.Sequence, EncapOptions.Group, EncapOptions.Direct, EncapOptions.Inner,
            EncapOptions.Port, EncapOptions.SourcePort, EncapOptions.TimeToLive, EncapOptions.TypeOfService, EncapOptions.DontFragment,
            EncapOptions.LocalMac, EncapOptions.RemoteMac, EncapOptions.Keep, OutputOptions.DryRun, CommonOptions.Strict, OutputOptions.Json,
            CommonOptions.Quiet, CommonOptions.Verbose, CommonOptions.Color)
    {
    }

    public override string Usage => "TYPE --local ADDRESS --remote ADDRESS [OPTION]... IN... (-w OUT | -o DIR)";

    public override string Notes => """
        TYPE is vxlan, vxlan-gpe, geneve, gretap, erspan2 or erspan3, which carry Ethernet frames; or gre,
        gue, fou, ipip, sit, ip6tnl or mpls-udp, which carry IP packets: there the link header stays where
        it is, before the outer IP header. Nothing inside is changed, but for checksums with --rco.
        wiretrue decap gives the packets back.
        """;

    public override int Run(ParseResult parsed, out string? error)
    {
        if (!EncapRequest.TryCreate(parsed, out EncapRequest? request, out error))
        {
            return ExitCode.Usage;
        }

        return new CaptureJob<EncapsulationReport>
        {
            Request = request.Output,
            Format = request.Output.Format,

            // Some fifty bytes of headers for each packet.
            Sixteenths = 17,
            Work = (reader, output, target, stop) => CaptureEncapsulation.Run(reader, output, request.Options, target, stop),
            Json = EncapJson.Write,
            Summary = (input, output, report) => EncapSummary.Line(input, output, report, request.Options.KeepOthers),
        }.Run(parsed);
    }
}
