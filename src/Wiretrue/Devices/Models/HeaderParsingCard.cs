using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Devices.Models;

/// <summary>
/// A card that finds the inner headers of a tunnel by its own reading, and is right only where an Ethernet frame begins at once behind
/// UDP and VXLAN. Everything else in a UDP tunnel is left to software (<c>vxlan_features_check</c>, net/vxlan.h).
/// </summary>
/// <remarks>
/// <code>
///   Ethernet | IP | UDP 8 | VXLAN 8 | Ethernet | IP | TCP      this, and no options, no other header between
///                 ^ outer transport ^ +16: where it looks
/// </code>
/// </remarks>
public sealed class HeaderParsingCard(string name, DeviceFeatures features, int mtu) : NetDevice(name, features, mtu)
{
    private const int UdpAndVxlan = 8 + 8;

    /// <inheritdoc/>
    public override DeviceFeatures CheckFeatures(Packet packet, DeviceFeatures features)
    {
        features = base.CheckFeatures(packet, features);
        ref readonly PacketLayout layout = ref packet.Layout;
        int outer = layout.OuterTransport;
        if (outer < 0 || outer == layout.InnerTransport || layout[outer].Kind != LayerKind.Udp)
            return features;
        for (int i = outer + 1; i < layout.Count; i++)
        {
            if (layout[i].Kind == LayerKind.Ethernet && layout[i].Offset - layout[outer].Offset == UdpAndVxlan)
                return features;
        }
        return features & ~(DeviceFeatures.ChecksumMask | DeviceFeatures.GsoMask);
    }
}
