using System.CommandLine;
using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Linux;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Commands;

/// <summary><c>wiretrue features</c>: what a device does by itself, and which artefacts a capture on it will show.</summary>
internal sealed class FeaturesCommand : ToolCommand
{
    public FeaturesCommand()
        : base(
            "features",
            "tell what a device does by itself, and what a capture on it will show",
            "DEVICE",
            FeaturesOptions.ShowFeatures, FeaturesOptions.Json, CommonOptions.Color)
    {
    }

    public override string Usage => "[OPTION]... [DEVICE]";

    public override string Notes => """
        DEVICE is an interface of this machine, or a model; model:NAME is the model where an interface has
        the same name. Without one, all are listed. Nothing is switched: what would prevent an artefact is
        shown, not done.
        """;

    public override int Run(ParseResult parsed, out string? error)
    {
        string[] names = parsed.GetValue(Inputs) ?? [];
        bool listing = parsed.Has(FeaturesOptions.ShowFeatures);
        bool json = parsed.Has(FeaturesOptions.Json);
        error = names.Length > 1 ? "features takes one device"
            : listing && json ? "--show-features and --json exclude each other"
            : listing && names.Length == 0 ? "--show-features needs a device"
            : null;
        if (error is not null)
        {
            return ExitCode.Usage;
        }

        if (names.Length == 0)
        {
            ShowAll(json, CommonOptions.Messages(parsed));
        }
        else
        {
            Show(NamedDevice.Find(names[0]), listing, json);
        }

        return ExitCode.Success;
    }

    private static void Show(NamedDevice device, bool listing, bool json)
    {
        if (json)
        {
            using Stream stdout = Console.OpenStandardOutput();
            FeaturesJson.Write(stdout, device);
            return;
        }

        Console.Out.Write(FeatureListing.Of(device.Device.Name, device.States));
        if (!listing)
        {
            Console.Out.Write($"\n{FeaturesText.Of(device)}");
        }
    }

    private static void ShowAll(bool json, Messages messages)
    {
        List<NamedDevice> devices = [];
        try
        {
            devices.AddRange(LinkAttributes.ReadAll().Select(NamedDevice.Live));
        }
        catch (DeviceAccessException refused)
        {
            // The models are there all the same.
            messages.Warning(refused.Message);
        }

        devices.AddRange(DeviceModels.CreateAll().Select(NamedDevice.Of));
        if (json)
        {
            using Stream stdout = Console.OpenStandardOutput();
            FeaturesJson.WriteList(stdout, devices);
            return;
        }

        Console.Out.Write(FeaturesText.List(devices));
    }
}
