using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>What the kernel takes of a guest we take, and cut as it does; what it refuses we refuse, and say why.</summary>
public sealed class RefusalOracleTests(ITestOutputHelper output)
{
    private const byte Owed = VnetHeader.NeedsChecksum;
    private const byte OwedTwice = VnetHeader.NeedsChecksum | VnetHeader.UdpTunnelChecksum;
    private const byte InVxlan = VnetHeader.GsoUdpTunnelV4;

    private static readonly IPv4Fields V4 = new();
    private static readonly IPv6Fields V6 = new();

    /// <summary>What becomes of a frame.</summary>
    private enum Fate
    {
        /// <summary>It comes out, in one frame or several.</summary>
        Taken,

        /// <summary>The kernel takes it, and drops it when it should cut it.</summary>
        Dropped,

        /// <summary>The kernel refuses the header (<c>EINVAL</c>).</summary>
        Refused,
    }

    private sealed record Row(string What, Fate Fate, VnetHeader Header, byte[] Frame, int HeaderLength = VnetHeader.Length)
    {
        /// <summary>Why the kernel's frames are not ours, where nobody could use them.</summary>
        public string? KernelsFault { get; init; }
    }

    [RootTapFact]
    public void What_is_no_tunnel() => Compare(
    [
        new("TCP over IPv4", Fate.Taken, Tcp4, Tcp(V4)),
        new("TCP over IPv6", Fate.Taken, Tcp6, Tcp(V6)),
        new("no size", Fate.Refused, Tcp4 with { GsoSize = 0 }, Tcp(V4)),
        new("the size that means a list", Fate.Refused, Tcp4 with { GsoSize = 0xFFFF }, Tcp(V4)),
        new("size 1", Fate.Taken, Tcp4 with { GsoSize = 1 }, Tcp(V4)),
        new("size as the payload", Fate.Taken, Tcp4 with { GsoSize = 5000 }, Tcp(V4)),
        new("size beyond the payload", Fate.Taken, Tcp4 with { GsoSize = 9000 }, Tcp(V4)),
        new("no hint of the headers' length", Fate.Taken, Tcp4 with { HeaderLength = 0 }, Tcp(V4)),
        new("a hint that is too long", Fate.Taken, Tcp4 with { HeaderLength = 5000 }, Tcp(V4)),
        new("TCP over IPv4 said to be over IPv6", Fate.Refused, Tcp4 with { GsoType = VnetHeader.GsoTcpV6 }, Tcp(V4)),
        new("TCP over IPv6 said to be over IPv4", Fate.Dropped, Tcp6 with { GsoType = VnetHeader.GsoTcpV4 }, Tcp(V6)),
        new("TCP said to be UDP", Fate.Refused, Tcp4 with { GsoType = VnetHeader.GsoUdpL4 }, Tcp(V4)),
        new("UDP said to be TCP", Fate.Refused, Uso4 with { GsoType = VnetHeader.GsoTcpV4 }, Udp(V4)),
        new("type 2", Fate.Refused, Tcp4 with { GsoType = 2 }, Tcp(V4)),
        new("type 6", Fate.Refused, Tcp4 with { GsoType = 6 }, Tcp(V4)),
        new("TCP with UDP's checksum offset", Fate.Refused, Tcp4 with { ChecksumOffset = 6 }, Tcp(V4)),
        new("a checksum that starts at the IP header", Fate.Refused, Tcp4 with { ChecksumStart = 14 }, Tcp(V4)),
        new("a checksum beyond the frame", Fate.Refused, Tcp4 with { ChecksumStart = 6000 }, Tcp(V4)),
        new("TCP with its checksum done", Fate.Taken, new VnetHeader { GsoType = VnetHeader.GsoTcpV4, GsoSize = 1460 }, Tcp(V4, FieldChecksum.Good)),
        new("TCP over IPv6 with its checksum done", Fate.Taken, new VnetHeader { GsoType = VnetHeader.GsoTcpV6, GsoSize = 1440 }, Tcp(V6, FieldChecksum.Good)),
        new("ECN", Fate.Taken, Tcp4 with { GsoType = VnetHeader.GsoTcpV4 | VnetHeader.GsoEcn }, Tcp(V4)),
        new("128 datagrams", Fate.Taken, Uso4 with { GsoSize = 100 }, Udp(V4, 12_800)),
        new("129 datagrams", Fate.Refused, Uso4 with { GsoSize = 100 }, Udp(V4, 12_801)),
        new("datagrams with their checksum done", Fate.Refused, new VnetHeader { GsoType = VnetHeader.GsoUdpL4, GsoSize = 1460 }, Udp(V4, 5000, FieldChecksum.Good)),
        new("datagrams without a checksum", Fate.Refused, new VnetHeader { GsoType = VnetHeader.GsoUdpL4, GsoSize = 1460 }, Udp(V4, 5000, FieldChecksum.Zero)),
        new("datagrams with ECN", Fate.Refused, Uso4 with { GsoType = VnetHeader.GsoUdpL4 | VnetHeader.GsoEcn }, Udp(V4)),
        new("fragments", Fate.Taken, Uso4 with { GsoType = VnetHeader.GsoUdp, GsoSize = 1480 }, Udp(V4)),
        new("fragments with the checksum done", Fate.Taken, new VnetHeader { GsoType = VnetHeader.GsoUdp, GsoSize = 1480 }, Udp(V4, 5000, FieldChecksum.Good)),
        new("fragments that are no multiple of 8", Fate.Taken, Uso4 with { GsoType = VnetHeader.GsoUdp, GsoSize = 1477 }, Udp(V4))
        {
            KernelsFault = "they overlap, as an offset counts eights; ours are a little shorter",
        },
        new("fragments with ECN", Fate.Taken, Uso4 with { GsoType = VnetHeader.GsoUdp | VnetHeader.GsoEcn, GsoSize = 1480 }, Udp(V4)),
        new("fragments of TCP", Fate.Dropped, Tcp4 with { GsoType = VnetHeader.GsoUdp, GsoSize = 1480 }, Tcp(V4)),
        new("a checksum alone", Fate.Taken, Tcp4 with { GsoType = 0, GsoSize = 0 }, Tcp(V4)),
        new("a checksum alone, beyond the frame", Fate.Refused, Tcp4 with { GsoType = 0, GsoSize = 0, ChecksumStart = 5040 }, Tcp(V4)),
        new("a checksum alone, in a part of the frame's last two bytes", Fate.Refused, Tcp4 with { GsoType = 0, GsoSize = 0, ChecksumOffset = 5019 }, Tcp(V4)),
        new("nothing owed", Fate.Taken, default, Tcp(V4, FieldChecksum.Good)),
    ]);

    [RootTapFact]
    public void What_is_a_tunnel() => Compare(
    [
        new("with an outer checksum", Fate.Taken, Vxlan, InTunnel(FieldChecksum.Partial)),
        new("without", Fate.Taken, Vxlan with { Flags = Owed }, InTunnel(FieldChecksum.Zero)),
        new("with ECN", Fate.Taken, Vxlan with { GsoType = InVxlan | VnetHeader.GsoTcpV4 | VnetHeader.GsoEcn }, InTunnel(FieldChecksum.Partial)),
        new("an outer checksum that the header does not speak of", Fate.Taken, Vxlan with { Flags = Owed }, InTunnel(FieldChecksum.Partial)),
        new("no outer checksum where the header speaks of one", Fate.Taken, Vxlan, InTunnel(FieldChecksum.Zero))
        {
            KernelsFault = "their outer checksums lack the pseudo-header; ours have it",
        },
        new("no checksum owed inside", Fate.Refused, Vxlan with { Flags = VnetHeader.UdpTunnelChecksum }, InTunnel(FieldChecksum.Partial)),
        new("over both families", Fate.Refused, Vxlan with { GsoType = 0x60 | VnetHeader.GsoTcpV4 }, InTunnel(FieldChecksum.Partial)),
        new("over the other family", Fate.Refused, Vxlan with { GsoType = VnetHeader.GsoUdpTunnelV6 | VnetHeader.GsoTcpV4 }, InTunnel(FieldChecksum.Partial)),
        new("around fragments", Fate.Refused, Vxlan with { GsoType = InVxlan | VnetHeader.GsoUdp }, InTunnel(FieldChecksum.Partial)),
        new("around nothing", Fate.Refused, Vxlan with { GsoType = InVxlan, GsoSize = 0 }, InTunnel(FieldChecksum.Partial)),
        new("without offsets", Fate.Refused, Vxlan with { OuterTransportOffset = 0, InnerNetworkOffset = 0 }, InTunnel(FieldChecksum.Partial)),
        new("an inner network header two bytes off", Fate.Refused, Vxlan with { InnerNetworkOffset = 66 }, InTunnel(FieldChecksum.Partial)),
        new("a header that ends before the offsets", Fate.Refused, Vxlan, InTunnel(FieldChecksum.Partial), VnetHeader.PlainLength),
        new("said to be none", Fate.Dropped, Vxlan with { Flags = Owed, GsoType = VnetHeader.GsoTcpV4 }, InTunnel(FieldChecksum.Zero)),
    ]);

    private static VnetHeader Tcp4 => new()
    {
        Flags = Owed,
        GsoType = VnetHeader.GsoTcpV4,
        HeaderLength = 54,
        GsoSize = 1460,
        ChecksumStart = 34,
        ChecksumOffset = 16,
    };

    private static VnetHeader Tcp6 => Tcp4 with { GsoType = VnetHeader.GsoTcpV6, ChecksumStart = 54 };

    private static VnetHeader Uso4 => Tcp4 with { GsoType = VnetHeader.GsoUdpL4, ChecksumOffset = 6 };

    private static VnetHeader Vxlan => Tcp4 with
    {
        Flags = OwedTwice,
        GsoType = InVxlan | VnetHeader.GsoTcpV4,
        ChecksumStart = 84,
        OuterTransportOffset = 34,
        InnerNetworkOffset = 64,
    };

    private static byte[] Tcp(IPFields ip, FieldChecksum checksum = FieldChecksum.Partial) =>
        Frames.Ethernet(Frames.Tcp(ip, new TcpFields { Checksum = checksum }, Frames.Payload(5000)));

    private static byte[] Udp(IPFields ip, int length = 5000, FieldChecksum checksum = FieldChecksum.Partial) =>
        Frames.Ethernet(Frames.Udp(ip, new UdpFields { Checksum = checksum }, Frames.Payload(length)));

    private static byte[] InTunnel(FieldChecksum outer) => Frames.Ethernet(Frames.Vxlan(V4, outer, Tcp(V4)));

    private void Compare(Row[] rows)
    {
        using var wire = new Wire();
        var faults = new List<string>();
        foreach (Row row in rows)
        {
            using var pair = TapPair.Create("row", headerLength: row.HeaderLength);
            List<byte[]>? kernel = pair.Cut(row.Header, row.Frame);
            List<byte[]>? ours = wire.CutUntrusted(row.Header, row.HeaderLength, row.Frame, out string? refusal);
            Fate fate = kernel is null ? Fate.Refused : kernel.Count == 0 ? Fate.Dropped : Fate.Taken;
            output.WriteLine($"{row.What}: the kernel: {fate}; we: {refusal ?? "Taken"}");
            if (fate != row.Fate)
                faults.Add($"{row.What}: {row.Fate} was expected of the kernel, and it is {fate}");
            if (row.KernelsFault is not null && fate == Fate.Taken && ours?.Count == kernel!.Count)
                continue;
            string? difference = FrameComparison.Difference(fate == Fate.Taken ? kernel : null, ours);
            if (difference is not null)
                faults.Add($"{row.What}: {difference} ({refusal})");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
