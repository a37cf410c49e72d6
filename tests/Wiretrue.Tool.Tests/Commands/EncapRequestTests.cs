using System.CommandLine;
using System.Net;
using Wiretrue.Captures.Tunnelling;
using Wiretrue.Headers;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Commands;
using Wiretrue.Tunnels;

namespace Wiretrue.Tool.Tests.Commands;

public sealed class EncapRequestTests
{
    private static readonly string[] Ends4 = ["--local", "192.0.2.1", "--remote", "192.0.2.2", "-w", "out"];
    private static readonly string[] Ends6 = ["--local", "2001:db8::1", "--remote", "2001:db8::2", "-w", "out"];

    [Fact]
    public void A_tunnel_has_the_ends_and_the_number_that_are_given()
    {
        EncapRequest request = Accepted(["vxlan", "in", "--vni", "5001", .. Ends4]);
        Assert.Equal(new OutputFile("in", "out"), Assert.Single(request.Output.Files));
        VxlanTunnel tunnel = Assert.IsType<VxlanTunnel>(request.Options.Tunnel);
        Assert.Equal((IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"), 5001), (tunnel.Local, tunnel.Remote, tunnel.NetworkIdentifier));
        Assert.Equal((0x020000000002UL, 0x020000000001UL), (tunnel.Link!.Value.Destination, tunnel.Link.Value.Source));
        Assert.Equal((4789, true, (byte?)64, (byte?)0), (tunnel.DestinationPort, tunnel.UdpChecksum, tunnel.TimeToLive, tunnel.TypeOfService));
        Assert.False(request.Options.LeavesChecksums || request.Options.KeepOthers);
    }

    [Fact]
    public void Options_become_the_tunnels_settings()
    {
        VxlanTunnel tunnel = Assert.IsType<VxlanTunnel>(Accepted(
            ["vxlan", "in", "--vni", "0x10", "--gbp", "7", "--rco", "--udp-checksum", "off", "--port", "8472", "--source-port", "99", "--ttl", "inherit", "--tos", "16",
             "--df", "inherit", "--local-mac", "02:00:00:00:00:aa", "--remote-mac", "02:00:00:00:00:bb", .. Ends6]).Options.Tunnel);
        Assert.Equal((16, (ushort)7, true), (tunnel.NetworkIdentifier, tunnel.GroupPolicy!.Value.Group, tunnel.RemoteChecksum.Transmit));
        Assert.Equal((8472, SourcePortRange.Only(99), true), (tunnel.DestinationPort, tunnel.SourcePorts, tunnel.ZeroChecksum6Transmit));
        Assert.Equal((null, (byte?)16, DontFragment.Inherit), (tunnel.TimeToLive, tunnel.TypeOfService, tunnel.DontFragment));
        Assert.Equal((0x0200000000AAUL, 0x0200000000BBUL), (tunnel.Link!.Value.Source, tunnel.Link.Value.Destination));
    }

    [Fact]
    public void Each_type_is_a_tunnel_of_its_kind()
    {
        Assert.IsType<VxlanGpeTunnel>(Accepted(["vxlan-gpe", "in", "--vni", "1", .. Ends4]).Options.Tunnel);
        Assert.IsType<GeneveTunnel>(Accepted(["geneve", "in", "--vni", "1", .. Ends6]).Options.Tunnel);
        GreTunnel gre = Assert.IsType<GreTunnel>(Accepted(["gretap", "in", "--key", "9", "--checksum", "--sequence", .. Ends4]).Options.Tunnel);
        Assert.True(gre.IsBridge && gre.HasChecksum && gre.HasSequence && gre.Key == 9);
        EncapsulationOptions erspan = Accepted(["erspan3", "in", "--session", "9", .. Ends4]).Options;
        Assert.Equal((ErspanType.TypeIII, 9), (((ErspanTunnel)erspan.Tunnel).Type, ((ErspanTunnel)erspan.Tunnel).SessionId));
        Assert.Same(erspan.Clock, ((ErspanTunnel)erspan.Tunnel).Clock);
        Assert.True(((GueTunnel)Accepted(["gue", "in", "--direct", .. Ends4]).Options.Tunnel).IsDirect);
        EncapsulationOptions fou = Accepted(["fou", "in", "--port", "5555", "--inner", "ipv6", .. Ends4]).Options;
        Assert.Equal((IPProtocol.IPv6, (LayerKind?)LayerKind.IPv6), (((FouTunnel)fou.Tunnel).Protocol, fou.Version));
        Assert.Equal([16, 17], ((MplsInUdpTunnel)Accepted(["mpls-udp", "in", "--label", "16", "--label", "17", .. Ends4]).Options.Tunnel).Labels.Select(label => label.Value));
        Assert.Equal(LayerKind.IPv4, Accepted(["ipip", "in", .. Ends4]).Options.Version);
        Assert.Equal(LayerKind.IPv6, Accepted(["sit", "in", .. Ends4]).Options.Version);
        Assert.Null(Accepted(["ip6tnl", "in", .. Ends6]).Options.Tunnel.Link);
    }

    [Theory]
    [InlineData("vxlan needs --vni", "vxlan", "a", "-w", "b")]
    [InlineData("mpls-udp needs --label", "mpls-udp", "a", "-w", "b")]
    [InlineData("fou needs --port", "fou", "a", "-w", "b")]
    [InlineData("--vni is for vxlan, vxlan-gpe, geneve, not for gre", "gre", "a", "-w", "b", "--vni", "1")]
    [InlineData("--rco is for vxlan, gue, not for geneve", "geneve", "a", "-w", "b", "--vni", "1", "--rco")]
    [InlineData("--local is needed: an IPv4 or IPv6 address", "gre", "a", "-w", "b")]
    [InlineData("--local must be an IPv4 or IPv6 address, not '1'", "gre", "a", "-w", "b", "--local", "1")]
    [InlineData("--remote must be an IPv4 or IPv6 address, not 'fe80::1%eth0'", "gre", "a", "-w", "b", "--local", "192.0.2.1", "--remote", "fe80::1%eth0")]
    [InlineData("--local 192.0.2.1 and --remote 2001:db8::1 are of two families", "gre", "a", "-w", "b", "--local", "192.0.2.1", "--remote", "2001:db8::1")]
    [InlineData("sit runs over IPv4: 2001:db8::1 is an IPv6 address", "sit", "a", "-w", "b", "--local", "2001:db8::1", "--remote", "2001:db8::2")]
    [InlineData("ip6tnl runs over IPv6: 192.0.2.1 is an IPv4 address", "ip6tnl", "a", "-w", "b", "--local", "192.0.2.1", "--remote", "192.0.2.2")]
    [InlineData("no input: name a capture, or - for stdin", "gre", "-w", "b")]
    [InlineData("--ttl must be a number from 1 to 255, not '0'", "gre", "a", "-w", "b", "--local", "192.0.2.1", "--remote", "192.0.2.2", "--ttl", "0")]
    [InlineData("--local-mac must be a MAC address such as 02:00:00:00:00:01, not '2:0:0:0:0:1'", "gretap", "a", "-w", "b", "--local", "192.0.2.1", "--remote", "192.0.2.2", "--local-mac", "2:0:0:0:0:1")]
    public void Contradictions_are_refused_in_one_line(string expected, params string[] words)
    {
        Assert.False(EncapRequest.TryCreate(Parse(words), out _, out string? error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void An_unknown_type_is_answered_with_those_that_are_known()
    {
        Assert.False(EncapRequest.TryCreate(Parse(["l2tp", "a", "-w", "b"]), out _, out string? error));
        Assert.StartsWith("'l2tp' is no type: it is one of vxlan, ", error, StringComparison.Ordinal);
        Assert.False(EncapRequest.TryCreate(Parse(["-w", "b"]), out _, out error));
        Assert.StartsWith("a type is needed: vxlan, ", error, StringComparison.Ordinal);
    }

    private static ParseResult Parse(string[] words) => new EncapCommand().Parse(words, Application.Configuration);

    private static EncapRequest Accepted(params string[] words)
    {
        ParseResult parsed = Parse(words);
        Assert.Null(UsageError.Of(parsed, words));
        Assert.True(EncapRequest.TryCreate(parsed, out EncapRequest? request, out string? error), error);
        return request;
    }
}
