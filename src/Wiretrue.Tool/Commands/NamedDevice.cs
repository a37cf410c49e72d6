using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Linux;

namespace Wiretrue.Tool.Commands;

/// <summary>A device that was named on the command line: an interface of this machine, or a model.</summary>
/// <param name="Device">What it would do.</param>
/// <param name="States">Its features in the kernel's order and words; of an interface, those too that are not known here.</param>
/// <param name="Link">What rtnetlink says of an interface; null for a model.</param>
internal sealed record NamedDevice(NetDevice Device, IReadOnlyList<FeatureState> States, LinkAttributes? Link)
{
    // No interface can have a colon in its name.
    private const string ModelPrefix = "model:";

    /// <summary>An interface goes before a model of the same name; <c>model:NAME</c> is always the model.</summary>
    /// <exception cref="DeviceAccessException">There is neither, or the kernel does not tell.</exception>
    public static NamedDevice Find(string name)
    {
        bool modelOnly = name.StartsWith(ModelPrefix, StringComparison.Ordinal);
        NetDevice? model = DeviceModels.Create(modelOnly ? name[ModelPrefix.Length..] : name);
        if (modelOnly && model is not null)
            return Of(model);
        try
        {
            return Live(LinkAttributes.Read(name));
        }
        catch (DeviceAccessException) when (model is not null)
        {
            return Of(model);
        }
    }

    /// <summary>An interface.</summary>
    public static NamedDevice Live(LinkAttributes link)
    {
        IReadOnlyList<FeatureState> states = EthtoolFeatures.Read(link.Name);
        return new NamedDevice(LiveDevice.Create(link, states), states, link);
    }

    /// <summary>A model.</summary>
    public static NamedDevice Of(NetDevice model) => new(model, [.. FeatureState.AllOf(model)], null);
}
