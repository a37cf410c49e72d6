using System.Runtime.CompilerServices;
using Wiretrue.Packets;

namespace Wiretrue.Tests.Packets;

public sealed class OffloadStateTests
{
    private const int Length = 3000;

    private static readonly OffloadState Partial = new() { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 16 };
    private static readonly OffloadState Tcp = Partial with { GsoType = GsoType.TcpV4, GsoSize = 1448, GsoSegments = 2 };
    private static readonly OffloadState Udp = Partial with { ChecksumOffset = 6, GsoType = GsoType.UdpL4, GsoSize = 1000 };
    private static readonly OffloadState Sctp = Partial with
    {
        ChecksumIsCrc32C = true,
        ChecksumOffset = 8,
        GsoType = GsoType.Sctp,
        GsoSize = OffloadState.GsoByFragmentList,
    };

    public static TheoryData<string, OffloadState> Sound => new()
    {
        { "nothing owed", default },
        { "partial", Partial },
        { "partial, at the very end", Partial with { ChecksumStart = Length - 18 } },
        { "three layers more", new OffloadState { Checksum = ChecksumState.Unnecessary, ChecksumLevel = 3 } },
        { "CRC32c", Partial with { ChecksumIsCrc32C = true, ChecksumOffset = 8 } },
        { "TCP", Tcp },
        { "TCP, verified", Tcp with { Checksum = ChecksumState.Unnecessary } },
        { "TCP with all it may have", Tcp with { GsoType = GsoType.TcpV4 | GsoType.Dodgy | GsoType.TcpEcn | GsoType.TcpFixedId } },
        { "TCP in VXLAN", Tcp with { GsoType = GsoType.TcpV6 | GsoType.UdpTunnelChecksum | GsoType.TunnelRemoteChecksum } },
        { "TCP in IP in FOU", Tcp with { GsoType = GsoType.TcpV4 | GsoType.IPXIP4 | GsoType.UdpTunnel } },
        { "TCP in ESP, partly divided", Tcp with { GsoType = GsoType.TcpV4 | GsoType.Esp | GsoType.Partial } },
        { "datagrams", Udp },
        { "datagrams of a list", Udp with { Checksum = ChecksumState.Unnecessary, GsoType = GsoType.UdpL4 | GsoType.FragmentList } },
        { "fragments", new OffloadState { GsoType = GsoType.UdpFragmentation, GsoSize = 1480 } },
        { "SCTP", Sctp },
        { "one segment whose outer checksum is owed", Partial with { GsoType = GsoType.UdpTunnelChecksum } },
        { "VLAN 0", new OffloadState { VlanProtocol = 0x8100 } },
        { "service VLAN", new OffloadState { VlanProtocol = 0x88A8, VlanTci = 0xE064 } },
    };

    public static TheoryData<OffloadFault, OffloadState> Faulty => new()
    {
        { OffloadFault.ChecksumBeyondPacket, Partial with { ChecksumStart = Length - 17 } },
        { OffloadFault.ChecksumBeyondPacket, Partial with { ChecksumStart = -1 } },
        { OffloadFault.ChecksumBeyondPacket, Partial with { ChecksumStart = int.MaxValue, ChecksumOffset = ushort.MaxValue } },
        { OffloadFault.ChecksumBeyondPacket, Partial with { ChecksumIsCrc32C = true, ChecksumStart = Length - 18 } },
        { OffloadFault.ChecksumLevelTooHigh, new OffloadState { Checksum = ChecksumState.Unnecessary, ChecksumLevel = 4 } },
        { OffloadFault.ChecksumLevelWithoutVerification, Partial with { ChecksumLevel = 1 } },
        { OffloadFault.ChecksumLevelWithoutVerification, new OffloadState { ChecksumLevel = 3 } },
        { OffloadFault.Crc32CWithInternetTransport, Tcp with { ChecksumIsCrc32C = true } },
        { OffloadFault.Crc32CWithInternetTransport, Udp with { ChecksumIsCrc32C = true } },
        { OffloadFault.SctpWithInternetChecksum, Sctp with { ChecksumIsCrc32C = false } },
        { OffloadFault.ChecksumOffsetNotOfTransport, Tcp with { ChecksumOffset = 6 } },
        { OffloadFault.ChecksumOffsetNotOfTransport, Udp with { ChecksumOffset = 16 } },
        { OffloadFault.ChecksumOffsetNotOfTransport, Sctp with { ChecksumOffset = 16 } },
        { OffloadFault.GsoSizeOutOfRange, Tcp with { GsoSize = -1 } },
        { OffloadFault.GsoSizeOutOfRange, Tcp with { GsoSize = 65536 } },
        { OffloadFault.GsoSegmentsOutOfRange, Tcp with { GsoSegments = -1 } },
        { OffloadFault.GsoSegmentsOutOfRange, Tcp with { GsoSegments = 65536 } },
        { OffloadFault.GsoTypeWithoutSize, Tcp with { GsoSize = 0 } },
        { OffloadFault.GsoTypeWithoutSize, Partial with { GsoType = GsoType.UdpTunnel } },
        { OffloadFault.GsoWithoutTransport, Tcp with { GsoType = GsoType.None } },
        { OffloadFault.GsoWithoutTransport, Tcp with { GsoType = GsoType.Dodgy | GsoType.Gre } },
        { OffloadFault.GsoSeveralTransports, Tcp with { GsoType = GsoType.TcpV4 | GsoType.TcpV6 } },
        { OffloadFault.GsoSeveralTransports, Udp with { GsoType = GsoType.UdpL4 | GsoType.UdpFragmentation } },
        { OffloadFault.GsoWithoutPartialChecksum, Tcp with { Checksum = ChecksumState.None } },
        { OffloadFault.GsoWithoutPartialChecksum, Udp with { Checksum = ChecksumState.Complete } },
        { OffloadFault.TunnelWithAndWithoutChecksum, Tcp with { GsoType = GsoType.TcpV4 | GsoType.UdpTunnel | GsoType.UdpTunnelChecksum } },
        { OffloadFault.TunnelWithAndWithoutChecksum, Tcp with { GsoType = GsoType.TcpV4 | GsoType.Gre | GsoType.GreChecksum } },
        { OffloadFault.RemoteChecksumWithoutTunnel, Tcp with { GsoType = GsoType.TcpV4 | GsoType.TunnelRemoteChecksum } },
        { OffloadFault.RemoteChecksumWithoutTunnel, Tcp with { GsoType = GsoType.TcpV4 | GsoType.Gre | GsoType.TunnelRemoteChecksum } },
        { OffloadFault.TcpFlagWithoutTcp, Udp with { GsoType = GsoType.UdpL4 | GsoType.TcpEcn } },
        { OffloadFault.TcpFlagWithoutTcp, Udp with { GsoType = GsoType.UdpL4 | GsoType.TcpFixedId } },
        { OffloadFault.TcpFlagWithoutTcp, Sctp with { GsoType = GsoType.Sctp | GsoType.TcpAccurateEcn } },
        { OffloadFault.EcnOfBothKinds, Tcp with { GsoType = GsoType.TcpV4 | GsoType.TcpEcn | GsoType.TcpAccurateEcn } },
        { OffloadFault.SctpNotByFragmentList, Sctp with { GsoSize = 1400 } },
        { OffloadFault.GsoListWithoutSctp, Tcp with { GsoSize = 0xFFFF } },
        { OffloadFault.TooManyDatagrams, Udp with { GsoSize = 1 } },
        { OffloadFault.VlanProtocolUnknown, new OffloadState { VlanProtocol = 0x0800 } },
        { OffloadFault.VlanTciWithoutProtocol, new OffloadState { VlanTci = 1 } },
    };

    [Theory]
    [MemberData(nameof(Sound))]
    public void What_can_be_is_accepted(string what, OffloadState state)
    {
        Assert.NotEmpty(what);
        Assert.Equal(OffloadFault.None, state.Check(Length));
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_can_not_be_is_refused_with_its_reason(OffloadFault fault, OffloadState state) => Assert.Equal(fault, state.Check(Length));

    [Fact]
    public void Every_reason_has_its_case()
    {
        IEnumerable<OffloadFault> shown = Faulty.Select(row => (OffloadFault)row[0]).Append(OffloadFault.None).Distinct();
        Assert.Equal(Enum.GetValues<OffloadFault>(), shown.Order());
    }

    [Fact]
    public void A_tunnel_is_always_encapsulated()
    {
        Assert.True((Tcp with { GsoType = GsoType.TcpV4 | GsoType.Gre, IsEncapsulated = false }).IsEncapsulated);
        Assert.True((Partial with { IsEncapsulated = true }).IsEncapsulated);
        Assert.False(Tcp.IsEncapsulated);
    }

    [Fact]
    public void A_tag_of_vlan_0_is_a_tag()
    {
        Assert.True(new OffloadState { VlanProtocol = 0x8100, VlanTci = 0 }.HasVlanTag);
        Assert.False(default(OffloadState).HasVlanTag);
    }

    [Theory]
    [InlineData(GsoType.UdpL4 | GsoType.FragmentList, 1000, true)]
    [InlineData(GsoType.Sctp, OffloadState.GsoByFragmentList, true)]
    [InlineData(GsoType.TcpV4, OffloadState.GsoByFragmentList, false)]
    [InlineData(GsoType.TcpV4, 1448, false)]
    public void A_list_says_where_segments_end_by_type_or_by_size(GsoType type, int size, bool expected) =>
        Assert.Equal(expected, new OffloadState { GsoType = type, GsoSize = size }.IsCutAtFragmentList);

    [Fact]
    public void It_is_no_larger_than_it_need_be() => Assert.Equal(36, Unsafe.SizeOf<OffloadState>());
}
