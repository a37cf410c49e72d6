using System.CommandLine;
using Wiretrue.Captures.Explanation;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Repair;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Commands;

/// <summary><c>wiretrue explain</c>: shows the way of one packet to a device.</summary>
internal sealed class ExplainCommand : ToolCommand
{
    public ExplainCommand()
        : base(
            "explain",
            "show the way of one packet to a device: what it is owed, and who does it",
            "IN",
            CommonOptions.Read, ExplainOptions.Frame, ExplainOptions.Device, ExplainOptions.Set, CommonOptions.Mtu, ExplainOptions.Hex,
            ExplainOptions.Json, CommonOptions.Color)
    {
    }

    public override string Usage => "[OPTION]... --frame N IN";

    public override string Notes => """
        IN is read as far as it takes, and what the packet is owed is inferred as fix infers it. Then it
        goes down the transmit path to the device, and each decision is shown with its reason. Nothing is
        sent and nothing is switched. wiretrue features lists the devices.
        """;

    public override int Run(ParseResult parsed, out string? error)
    {
        if (!ExplainRequest.TryCreate(parsed, out ExplainRequest? request, out error))
        {
            return ExitCode.Usage;
        }

        Messages messages = CommonOptions.Messages(parsed);
        using CaptureReader reader = CaptureReader.Open(request.Input);
        PacketExplanation? explanation = CaptureExplainer.Explain(reader, request.Frame, request.Device.Device, new RepairOptions { Mtu = request.Mtu });
        if (explanation is null)
        {
            messages.Error($"{reader.Name}: no packet {request.Frame}: the capture has {reader.PacketsRead}");
            return ExitCode.BadInput;
        }

        if (request.Json)
        {
            using Stream stdout = Console.OpenStandardOutput();
            ExplainJson.Write(stdout, reader.Name, request, explanation);
        }
        else
        {
            Console.Out.Write(ExplainText.Of(reader.Name, request, explanation));
        }

        return ExitCode.Success;
    }
}
