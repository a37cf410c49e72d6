using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Devices.Models;

/// <summary>Receivers by what they say of checksums; on transmit they do nothing.</summary>
public static class ReceiverModels
{
    /// <summary>It says nothing: software sums everything.</summary>
    public static NetDevice CreateDumb() => new("receiver-dumb", GenericReceive, mtu: 1500) { Receiver = ReceiverClass.Dumb };

    /// <summary>It says "good", or nothing.</summary>
    public static NetDevice CreateOpaque() =>
        new("receiver-opaque", GenericReceive | ReceiveChecksum, mtu: 1500) { Receiver = ReceiverClass.Opaque };

    /// <summary>It gives the sum, of any protocol, and leaves the verdict to software.</summary>
    public static NetDevice CreateSmart() =>
        new("receiver-smart", GenericReceive | ReceiveChecksum, mtu: 1500) { Receiver = ReceiverClass.Smart };
}
