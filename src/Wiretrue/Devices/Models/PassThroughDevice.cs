using Wiretrue.Packets;

namespace Wiretrue.Devices.Models;

/// <summary>
/// A device that hands on what is owed instead of doing it, as veth and TAP do (<c>passthru_features_check</c>, net/core/dev.c): it
/// looks for no headers, so two VLAN tags take nothing from it.
/// </summary>
/// <param name="name">What it is called.</param>
/// <param name="features">What is on to begin with.</param>
/// <param name="mtu">Largest IP packet in bytes, without the link header.</param>
public sealed class PassThroughDevice(string name, DeviceFeatures features, int mtu) : NetDevice(name, features, mtu)
{
    /// <inheritdoc/>
    public override DeviceFeatures CheckFeatures(Packet packet, DeviceFeatures features) => features;
}
