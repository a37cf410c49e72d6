using System.Buffers.Binary;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Kernel;

public sealed class EncapsulationRouteTests
{
    private static readonly byte[] Inner = Frames.Ethernet(
        Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(3000)));

    private static readonly VnetHeader Header = new()
    {
        Flags = VnetHeader.NeedsChecksum,
        GsoType = VnetHeader.GsoTcpV4,
        GsoSize = 1000,
        ChecksumStart = 34,
        ChecksumOffset = 16,
    };

    [RootTapFact(Bpf = true)]
    public void The_kernel_puts_the_headers_before_a_super_frame_and_cuts_it()
    {
        using var route = EncapsulationRoute.Create("route");
        byte[] outer = new IPv6Fields { FlowLabel = 5 }.Wrap(4, new byte[3040])[..40];

        List<byte[]>? frames = route.Cut(new Encapsulation(0x86DD, outer, EncapsulationKind.IP), Header, Inner);

        Assert.NotNull(frames);
        Assert.Equal([1094, 1094, 1094], frames.Select(f => f.Length));
        Assert.All(frames, f => Assert.Equal(1040, BinaryPrimitives.ReadUInt16BigEndian(f.AsSpan(18))));
        Assert.All(frames, f => Assert.Equal(outer[8..], f[22..54]));
        Assert.All(frames, f => Assert.Equal(0xFFFF, PlainSum.Sum(f.AsSpan(74), new IPv4Fields().PseudoSum(6, f.Length - 74))));
    }

    [RootTapFact(Bpf = true)]
    public void What_the_kernel_was_told_wrongly_is_dropped()
    {
        using var route = EncapsulationRoute.Create("route");
        // An inner Ethernet header that is longer than the room that it is in.
        Assert.Empty(route.Cut(new Encapsulation(0x0800, new byte[20], EncapsulationKind.Gre, InnerLinkLength: 40), Header, Inner) ?? []);
    }

    [Fact]
    public void Headers_go_behind_a_vlan_tag()
    {
        byte[] tagged = Frames.Ethernet(new byte[] { 0x45, 0 }, (0x8100, 7));
        byte[] wrapped = new Encapsulation(0x86DD, [1, 2, 3], EncapsulationKind.IP).Wrap(tagged);
        Assert.Equal([0x81, 0, 0, 7, 0x86, 0xDD, 1, 2, 3, 0x45, 0], wrapped[12..]);
    }
}
