using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Devices.Models;

/// <summary>The example of docs/devices.md: what stands between the marks stands there, and prints what is shown below it.</summary>
internal static class DeviceExamples
{
    /// <summary>What the example prints.</summary>
    public static string Ask()
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        using var console = new StringWriter { NewLine = "\n" };
        byte[] bytes = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(64_240)));
        Packet superFrame = pool.Rent(bytes, Cutter.State(GsoType.TcpV4, 1460, 34));

        // begin: ask
        NetDevice card = DeviceModels.Create("card-ipv4")!;
        var walk = new Walk();
        TransmitPath.Validate(superFrame, card, ready, ref walk);
        foreach (TransmitDecision decision in walk.Decisions)
            console.WriteLine(decision);
        // end
        return console.ToString();
    }

    // begin: observer
    private readonly struct Walk() : ITransmitObserver
    {
        public List<TransmitDecision> Decisions { get; } = [];

        public void Decided(in TransmitDecision decision) => Decisions.Add(decision);
    }

    // end
}
