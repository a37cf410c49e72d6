namespace Wiretrue.Devices.Models;

/// <summary>All models by name.</summary>
public static class DeviceModels
{
    private static readonly Func<NetDevice>[] _all =
    [
        () => NetDevice.Wire(),
        LoopbackModel.Create,
        LoopbackModel.CreateReliableMedium,
        VirtualPairModel.Create,
        ParavirtualModel.Create,
        CardModels.CreateIPv4,
        CardModels.CreateGeneric,
        CardModels.CreateHeaderParsing,
        ReceiverModels.CreateDumb,
        ReceiverModels.CreateOpaque,
        ReceiverModels.CreateSmart,
    ];

    /// <summary>A new device of each model.</summary>
    public static IEnumerable<NetDevice> CreateAll() => _all.Select(create => create());

    /// <summary>A new device of the model called <paramref name="name"/>; null when there is none.</summary>
    public static NetDevice? Create(string name) =>
        CreateAll().FirstOrDefault(device => string.Equals(device.Name, name, StringComparison.Ordinal));
}
