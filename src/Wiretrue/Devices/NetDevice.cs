using Wiretrue.Packets;

namespace Wiretrue.Devices;

/// <summary>Where packets go, and what it can do to them by itself (<c>struct net_device</c>).</summary>
public class NetDevice
{
    /// <summary>A device with a name and features.</summary>
    public NetDevice(string name, DeviceFeatures features, int mtu)
    {
        Name = name;
        Features = features;
        Mtu = mtu;
    }

    /// <summary>What the device is called (<c>dev->name</c>).</summary>
    public string Name { get; }

    /// <summary>What it does by itself (<c>dev->features</c>).</summary>
    public DeviceFeatures Features { get; set; }

    /// <summary>What of it also holds for the inner headers of a tunnelled packet (<c>dev->hw_enc_features</c>).</summary>
    public DeviceFeatures EncapsulationFeatures { get; set; }

    /// <summary>What of it also holds for a packet with a VLAN tag in its bytes (<c>dev->vlan_features</c>).</summary>
    public DeviceFeatures VlanFeatures { get; set; }

    /// <summary>Largest IP packet in bytes, without the link header (<c>dev->mtu</c>).</summary>
    public int Mtu { get; set; }

    /// <summary>Largest super-frame in bytes that the device cuts itself (<c>dev->gso_max_size</c>).</summary>
    public int GsoMaxSize { get; set; } = 65536;

    /// <summary>Most segments that the device cuts one super-frame into (<c>dev->gso_max_segs</c>).</summary>
    public int GsoMaxSegments { get; set; } = 65535;

    /// <summary>What went through, and what did not.</summary>
    public DeviceStatistics Statistics { get; } = new();

    /// <summary>
    /// The wire: it takes bytes one after the other. No work can be left to it; that a packet comes in parts is all the same to it,
    /// so the payload of a super-frame need not be copied to be cut.
    /// </summary>
    /// <param name="mtu">Largest IP packet in bytes.</param>
    public static NetDevice Wire(int mtu = 1500) => new("wire", DeviceFeatures.ScatterGather | DeviceFeatures.FragmentList, mtu);

    /// <summary>
    /// Hands packets over that the device can take as they are, as <see cref="Transmit.TransmitPath.Validate"/> left them.
    /// </summary>
    /// <param name="ready">Emptied: every packet is the device's now.</param>
    public virtual void Transmit(PacketQueue ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        for (Packet? packet = ready.First; packet is not null; packet = packet.Next)
        {
            Statistics.TransmittedPackets++;
            Statistics.TransmittedBytes += packet.OriginalLength;
        }
        ready.Clear();
    }
}
