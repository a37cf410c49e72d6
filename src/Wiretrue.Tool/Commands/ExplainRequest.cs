using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Linux;
using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>What one call of <c>wiretrue explain</c> asks for, found consistent.</summary>
internal sealed record ExplainRequest
{
    private const string DefaultDevice = "model:wire";

    public required string Input { get; init; }

    /// <summary>The packet's number, from 1.</summary>
    public required long Frame { get; init; }

    /// <summary>The device, switched as asked.</summary>
    public required NamedDevice Device { get; init; }

    /// <summary>What was asked to be switched, in its order.</summary>
    public required IReadOnlyList<string> Switches { get; init; }

    /// <summary>What of it was in vain, and what a rule took away.</summary>
    public required IReadOnlyList<FeatureChange> Changes { get; init; }

    /// <summary>The wire's MTU in bytes; 0 for auto.</summary>
    public int Mtu { get; init; }

    public bool Json { get; init; }

    public bool Hex { get; init; }

    /// <summary>Finds out what is asked for.</summary>
    /// <returns>False with one line that says what cannot be.</returns>
    public static bool TryCreate(ParseResult parsed, [NotNullWhen(true)] out ExplainRequest? request, [NotNullWhen(false)] out string? error)
    {
        request = null;
        string[] inputs = CommonOptions.Inputs(parsed);
        error = InputRules.Contradiction(inputs) ?? (inputs.Length > 1 ? "explain takes one input" : null);
        if (error is not null
            || !InputRules.TryMtu(parsed.GetValue(CommonOptions.Mtu), out int mtu, out error)
            || !TryFrame(parsed.GetValue(ExplainOptions.Frame), out long frame, out error)
            || !TrySwitches(parsed.GetValue(ExplainOptions.Set) ?? [], out FeatureSwitch[] switches, out error)
            || !TryDevice(parsed.GetValue(ExplainOptions.Device) ?? DefaultDevice, out NamedDevice? device, out error))
        {
            return false;
        }

        var stuck = new List<FeatureChange>();
        foreach (FeatureSwitch each in switches)
        {
            stuck.AddRange(device.Device.Switch(each.Features, each.On).Where(change => change.Relation == FeatureRelation.Fixed));
        }

        request = new ExplainRequest
        {
            Input = inputs[0],
            Frame = frame,
            Device = device,
            Switches = parsed.GetValue(ExplainOptions.Set) ?? [],
            Changes = [.. stuck, .. device.Device.UnmetFeatures],
            Mtu = mtu,
            Json = parsed.Has(ExplainOptions.Json),
            Hex = parsed.Has(ExplainOptions.Hex),
        };
        return true;
    }

    private static bool TryFrame(string? value, out long frame, [NotNullWhen(false)] out string? error)
    {
        frame = 0;
        bool good = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out frame) && frame > 0;
        error = good ? null
            : value is null ? "no packet: give its number by --frame N"
            : $"--frame must be a number from 1, not '{value}'";
        return good;
    }

    private static bool TrySwitches(string[] values, out FeatureSwitch[] switches, [NotNullWhen(false)] out string? error)
    {
        error = null;
        switches = new FeatureSwitch[values.Length];
        for (int i = 0; i < values.Length && error is null; i++)
        {
            if (!FeatureSwitch.TryParse(values[i], out switches[i], out string? unknown))
            {
                error = $"--set \"{values[i]}\": "
                    + (string.IsNullOrEmpty(unknown) ? "a feature and on or off are needed" : $"'{unknown}' is neither a feature of ethtool's nor on or off");
            }
        }

        return error is null;
    }

    private static bool TryDevice(string name, [NotNullWhen(true)] out NamedDevice? device, [NotNullWhen(false)] out string? error)
    {
        try
        {
            device = NamedDevice.Find(name);
            error = null;
            return true;
        }
        catch (DeviceAccessException refused) when (refused.Fault == DeviceAccessFault.NotFound)
        {
            device = null;
            error = $"--device {name}: neither an interface of this machine nor one of the models "
                + string.Join(", ", DeviceModels.CreateAll().Select(model => model.Name));
            return false;
        }
    }
}
