using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Tests.Headers.Fields;

namespace Wiretrue.Tests.Headers;

/// <summary>Random stacks of headers: what was built is what the walk finds.</summary>
public class RandomStackTests
{
    private const int Rounds = 20_000;

    [Fact]
    public void The_walk_finds_every_stack_as_it_was_built()
    {
        var random = new Random(30);
        for (int round = 0; round < Rounds; round++)
        {
            HeaderStack stack = Transport(random);
            Network(stack, random);
            for (int tunnels = random.Next(3); tunnels > 0; tunnels--)
            {
                Tunnel(stack, random);
                Network(stack, random);
            }
            Link(stack, random);
            Assert.Equal((round, stack.Expected), (round, Walks.Describe(stack.Bytes)));
        }
    }

    private static HeaderStack Transport(Random random)
    {
        HeaderStack stack = new HeaderStack().Payload(new byte[random.Next(80)]);
        switch (random.Next(4))
        {
            case 0:
                byte[] options = new byte[random.Next(11) * 4];
                var tcp = new TcpHeaderFields(
                    random.U16(), random.U16(), random.U32(), random.U32(), 20 + options.Length, TcpFlags.Ack, random.U16(), random.U16(), 0);
                return stack.Around(LayerKind.Tcp, tcp, options);
            case 1:
                return stack.Around(LayerKind.Udp, new UdpHeaderFields(random.U16(), 53, (ushort)(8 + stack.Bytes.Length), random.U16()));
            case 2:
                return stack.Around(LayerKind.UdpLite, new UdpLiteHeaderFields(random.U16(), random.U16(), 0, random.U16()));
            default:
                return stack.Around(LayerKind.Sctp, new SctpHeaderFields(random.U16(), random.U16(), random.U32(), random.U32()));
        }
    }

    private static void Network(HeaderStack stack, Random random)
    {
        IPProtocol protocol = stack.Outermost switch
        {
            LayerKind.Tcp => IPProtocol.Tcp,
            LayerKind.Udp => IPProtocol.Udp,
            LayerKind.UdpLite => IPProtocol.UdpLite,
            LayerKind.Sctp => IPProtocol.Sctp,
            LayerKind.Gre => IPProtocol.Gre,
            LayerKind.IPv4 => IPProtocol.IPv4,
            _ => IPProtocol.IPv6,
        };
        if (random.Bit())
        {
            byte[] options = new byte[random.Next(11) * 4];
            stack.Around(
                LayerKind.IPv4,
                new IPv4HeaderFields(
                    20 + options.Length, random.U8(), (ushort)(20 + options.Length + stack.Bytes.Length), random.U16(), true, false, 0,
                    random.U8(), protocol, random.U16(), random.U32(), random.U32()),
                options);
            return;
        }
        for (int extensions = random.Next(3); extensions > 0; extensions--)
            protocol = Extension(stack, protocol, random);
        stack.Around(
            LayerKind.IPv6,
            new IPv6HeaderFields(random.U8(), 7, (ushort)stack.Bytes.Length, protocol, random.U8(), random.U128(), random.U128()));
    }

    private static IPProtocol Extension(HeaderStack stack, IPProtocol next, Random random)
    {
        int length = random.Next(1, 5) * 8;
        switch (random.Next(4))
        {
            case 0:
                stack.Around(LayerKind.IPv6DestinationOptions, new IPv6OptionsHeaderFields(next, length), new byte[length - 2]);
                return IPProtocol.DestinationOptions;
            case 1:
                stack.Around(LayerKind.IPv6Routing, new IPv6RoutingHeaderFields(next, length, 0, 0), new byte[length - 4]);
                return IPProtocol.Routing;
            case 2:
                stack.Around(LayerKind.IPv6Fragment, new IPv6FragmentHeaderFields(next, 0, false, random.U32()));
                return IPProtocol.Fragment;
            default:
                stack.Around(LayerKind.AuthenticationHeader, new AuthenticationHeaderFields(next, 24, random.U32(), 1), new byte[12]);
                return IPProtocol.AuthenticationHeader;
        }
    }

    /// <summary>A tunnel around an IP packet, up to what the outer IP header carries.</summary>
    private static void Tunnel(HeaderStack stack, Random random)
    {
        EtherType type = stack.Outermost == LayerKind.IPv4 ? EtherType.IPv4 : EtherType.IPv6;
        switch (random.Next(9))
        {
            case 0:
                Frame(stack, type, random);
                stack.Around(LayerKind.Vxlan, new VxlanHeaderFields(random.Bits(24)) { HasRemoteChecksum = random.Bit(), RemoteChecksumStart = 34 });
                Udp(stack, 4789, random);
                break;
            case 1:
                stack.Around(LayerKind.VxlanGpe, new VxlanGpeHeaderFields(random.Bits(24), type == EtherType.IPv4 ? (byte)1 : (byte)2));
                Udp(stack, 4790, random);
                break;
            case 2:
                byte[] options = new byte[random.Next(8) * 4];
                stack.Around(LayerKind.Geneve, new GeneveHeaderFields(8 + options.Length, false, false, type, random.Bits(24)), options);
                Udp(stack, 6081, random);
                break;
            case 3:
                stack.Around(LayerKind.GtpU, new GtpUHeaderFields((ushort)stack.Bytes.Length, random.U32()));
                Udp(stack, 2152, random);
                break;
            case 4:
                stack.Around(LayerKind.Gre, new GreHeaderFields(type, random.Bit(), 0, random.Bit(), 5, random.Bit(), 6));
                break;
            case 5:
                bool remote = random.Bit();
                var gue = new GueHeaderFields(
                    false, type == EtherType.IPv4 ? IPProtocol.IPv4 : IPProtocol.IPv6, remote, remote ? random.U16() : (ushort)0, 0);
                stack.Around(LayerKind.Gue, gue);
                Udp(stack, 6080, random);
                break;
            case 6:
                stack.Around(LayerKind.Mpls, new MplsHeaderFields(random.Bits(20), 0, true, 64));
                Udp(stack, 6635, random);
                break;
            case 7:
                byte[] context = new byte[random.Next(62) * 4];
                byte next = type == EtherType.IPv4 ? (byte)1 : (byte)2;
                stack.Around(LayerKind.Nsh, new NshHeaderFields(8 + context.Length, false, 63, 2, next, random.Bits(24), 9), context);
                stack.Around(LayerKind.VxlanGpe, new VxlanGpeHeaderFields(random.Bits(24), 4));
                Udp(stack, 4790, random);
                break;
            default:
                // IP in IP has no header of its own.
                break;
        }
    }

    private static void Udp(HeaderStack stack, ushort port, Random random) =>
        stack.Around(LayerKind.Udp, new UdpHeaderFields(random.U16(), port, (ushort)(8 + stack.Bytes.Length), random.U16()));

    private static void Link(HeaderStack stack, Random random)
    {
        EtherType type = stack.Outermost == LayerKind.IPv4 ? EtherType.IPv4 : EtherType.IPv6;
        stack.Trailer(random.Next(2) * random.Next(20));
        if (random.Next(4) == 0)
        {
            for (int labels = random.Next(1, 4), bottom = labels; labels > 0; labels--)
                stack.Around(LayerKind.Mpls, new MplsHeaderFields(random.Bits(20), 0, labels == bottom, 64));
            type = EtherType.Mpls;
        }
        Frame(stack, type, random);
    }

    private static void Frame(HeaderStack stack, EtherType type, Random random)
    {
        for (int tags = random.Next(3); tags > 0; tags--)
        {
            stack.Around(LayerKind.Vlan, new VlanHeaderFields(0, false, (ushort)random.Bits(12), type));
            type = random.Bit() ? EtherType.Vlan : EtherType.ServiceVlan;
        }
        stack.Around(LayerKind.Ethernet, new EthernetHeaderFields(random.U48(), random.U48(), type));
    }
}
