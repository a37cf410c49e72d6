using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Receive;

/// <summary>
/// The way of a packet from its device: what the device says of the checksums, and what a stack may believe of it (<c>ip_summed</c> on
/// receive, linux/skbuff.h).
/// </summary>
/// <remarks>
/// <code>
///   bytes ──► HandUp            what a device of its class says           None, Unnecessary + level, Complete, Partial
///         ──► Receive or Judge  header by header, from the outside in
///               IPReception        lengths, IPv4's checksum               ip_rcv_core, ip6_rcv_core
///               TransportReception TCP, UDP, UDP-Lite, SCTP, ICMP, IGMP   tcp_v4_rcv, __udp4_lib_rcv, ...
///               TunnelReception    GRE's checksum, remote checksums       gre_parse_header, vxlan_remcsum
/// </code>
/// Each byte is summed once at most, however many checksums cover it, unless a device was wrong. Lengths are those of the headers: what lies
/// behind an IP packet is none of it. No byte of the packet is changed.
/// <para>
/// Addresses, ports without a listener and options are not looked at. Where Linux does the same thing in several places, as when it sums
/// while it copies to a socket, it is done here at once.
/// </para>
/// </remarks>
public static class ReceivePath
{
    /// <summary>
    /// Gives a packet that has just arrived the state in which <paramref name="device"/> hands it up: its class decides
    /// (<see cref="NetDevice.Receiver"/>), and nothing is said while <see cref="DeviceFeatures.ReceiveChecksum"/> is off.
    /// </summary>
    /// <remarks>
    /// A state that another stack on this host gave stays as it is with devices that take such (<see cref="NetDevice.ReceivesOwed"/>).
    /// </remarks>
    /// <param name="packet">It stays the caller's.</param>
    /// <param name="device">Where it arrived.</param>
    public static void HandUp(Packet packet, NetDevice device)
    {
        ArgumentNullException.ThrowIfNull(packet);
        ArgumentNullException.ThrowIfNull(device);
        packet.Offload = DeviceReception.StateOf(packet, device);
    }

    /// <summary>
    /// Judges a packet as a host with <see cref="ReceiveOptions.Default"/> does; it stays the caller's, whatever comes of it, with what was
    /// found good counted into its state.
    /// </summary>
    /// <param name="packet">In the state in which its device, or who merged packets, handed it up.</param>
    public static ReceiveVerdict Judge(Packet packet) => Judge(packet, ReceiveOptions.Default);

    /// <inheritdoc cref="Judge(Packet)"/>
    /// <param name="packet">In the state in which its device, or who merged packets, handed it up.</param>
    /// <param name="options">What the host is set up for.</param>
    public static ReceiveVerdict Judge(Packet packet, ReceiveOptions options)
    {
        var nobody = default(UnobservedReceive);
        return Judge(packet, options, ref nobody);
    }

    /// <summary>As <see cref="Judge(Packet, ReceiveOptions)"/>, with an observer that is told each decision.</summary>
    /// <param name="packet">In the state in which its device, or who merged packets, handed it up.</param>
    /// <param name="options">What the host is set up for.</param>
    /// <param name="observer">Is told each decision as it is made.</param>
    public static ReceiveVerdict Judge<TObserver>(Packet packet, ReceiveOptions options, ref TObserver observer)
        where TObserver : struct, IReceiveObserver
    {
        ArgumentNullException.ThrowIfNull(packet);
        ArgumentNullException.ThrowIfNull(options);
        OffloadState handedUp = packet.Offload;
        if (UnobservedReceive.IsNot<TObserver>())
        {
            observer.Decided(new ReceiveDecision
            {
                Step = ReceiveStep.HandedUp,
                State = handedUp.Checksum,
                Count = handedUp.ChecksumLevel,
            });
        }
        var cursor = new ReceiveCursor(packet, options);
        ReceiveVerdict verdict = ReceiveLoop.Judge(ref cursor, ref observer);
        if (verdict.Outcome != ReceiveOutcome.Dropped)
            packet.Offload = cursor.Checksums.Whole(packet.Offload);
        if (UnobservedReceive.IsNot<TObserver>())
            TellEnd(verdict, ref observer);
        return verdict;
    }

    /// <summary>Judges a packet, counts it in the device's statistics, and passes it on or drops it.</summary>
    /// <param name="packet">Taken over: it is among the accepted ones afterwards, or was dropped.</param>
    /// <param name="device">Where it arrived.</param>
    /// <param name="accepted">Gets the packet at its end, unless that is dropped; fragments and what cannot be decided as well.</param>
    public static ReceiveVerdict Receive(Packet packet, NetDevice device, PacketQueue accepted) =>
        Receive(packet, device, accepted, ReceiveOptions.Default);

    /// <inheritdoc cref="Receive(Packet, NetDevice, PacketQueue)"/>
    /// <param name="packet">Taken over.</param>
    /// <param name="device">Where it arrived.</param>
    /// <param name="accepted">Gets the packet at its end, unless that is dropped.</param>
    /// <param name="options">What the host is set up for.</param>
    public static ReceiveVerdict Receive(Packet packet, NetDevice device, PacketQueue accepted, ReceiveOptions options)
    {
        var nobody = default(UnobservedReceive);
        return Receive(packet, device, accepted, options, ref nobody);
    }

    /// <summary>As <see cref="Receive(Packet, NetDevice, PacketQueue, ReceiveOptions)"/>, with an observer that is told each decision.</summary>
    /// <param name="packet">Taken over.</param>
    /// <param name="device">Where it arrived.</param>
    /// <param name="accepted">Gets the packet at its end, unless that is dropped.</param>
    /// <param name="options">What the host is set up for.</param>
    /// <param name="observer">Is told each decision as it is made.</param>
    public static ReceiveVerdict Receive<TObserver>(
        Packet packet, NetDevice device, PacketQueue accepted, ReceiveOptions options, ref TObserver observer)
        where TObserver : struct, IReceiveObserver
    {
        ArgumentNullException.ThrowIfNull(packet);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(accepted);
        ReceiveVerdict verdict = Judge(packet, options, ref observer);
        device.Statistics.CountReceived(packet.OriginalLength, verdict.HasDeviceFault);
        if (verdict.Outcome == ReceiveOutcome.Dropped)
        {
            device.Statistics.CountDrop(verdict.Reason);
            packet.Dispose();
        }
        else
        {
            accepted.Enqueue(packet);
        }
        return verdict;
    }

    private static void TellEnd<TObserver>(in ReceiveVerdict verdict, ref TObserver observer)
        where TObserver : struct, IReceiveObserver
    {
        ReceiveStep step = verdict.Outcome switch
        {
            ReceiveOutcome.Accepted => ReceiveStep.Accepted,
            ReceiveOutcome.Dropped => ReceiveStep.Dropped,
            _ => ReceiveStep.LeftOpen,
        };
        observer.Decided(new ReceiveDecision { Step = step, Layer = verdict.Layer, Offset = verdict.Offset, Reason = verdict.Reason });
    }
}
