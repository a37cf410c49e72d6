using System.Buffers.Binary;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>The judge is judged: what the kernel's VXLAN device makes of one frame, both ways, by plain code.</summary>
public sealed class VxlanLinkTests
{
    private static readonly byte[] Inner = Frames.Ethernet(
        Frames.Tcp(new IPv4Fields { TrafficClass = 0x28 }, new TcpFields(), Frames.Payload(300)));

    [RootTapFact]
    public void The_kernel_puts_a_frame_into_the_tunnel_and_finds_it_there_again()
    {
        foreach (VxlanSettings settings in (VxlanSettings[])[
            new(), new() { HasChecksum = false }, new() { IsIPv6 = true },
            new() { IsIPv6 = true, HasChecksum = false, TakesZeroChecksum = true }, new() { LeavesChecksums = true, TakesLeftChecksums = true }])
        {
            using var link = VxlanLink.Create(settings);
            byte[] outer = Sent(link, Inner);
            Assert.Equal(Expected(link, outer, [8, 0, 0, 0, 0x10, 0x20, 0x66, 0, .. Inner]), outer);
            Assert.Equal(Inner, Received(link, outer));
        }
    }

    [RootTapFact(Bpf = true)]
    public void A_mark_is_the_group_of_a_frame()
    {
        using var link = VxlanLink.Create(new VxlanSettings { HasPolicy = true });
        link.SetMark(0x0048_1234);
        byte[] outer = Sent(link, Inner);
        Assert.Equal(Expected(link, outer, [0x88, 0x48, 0x12, 0x34, 0x10, 0x20, 0x66, 0, .. Inner]), outer);
        Assert.Equal(Inner, Received(link, outer));
    }

    [RootTapFact(Bpf = true)]
    public void Gpe_carries_the_packet_without_its_frame()
    {
        foreach (bool isIPv6 in (bool[])[false, true])
        {
            using var link = VxlanLink.Create(new VxlanSettings { IsGpe = true, IsIPv6 = isIPv6 });
            byte[] outer = Sent(link, Inner);
            Assert.Equal(Expected(link, outer, [0x0C, 0, 0, 1, 0x10, 0x20, 0x66, 0, .. Inner[14..]]), outer);
            Assert.Equal(Inner[14..], Received(link, outer));
        }
    }

    [RootTapFact]
    public void Type_of_service_time_to_live_and_df_are_as_they_were_told()
    {
        using var fixedLink = VxlanLink.Create(new VxlanSettings { Tos = "60", Ttl = "9", Df = "set" });
        byte[] outer = Sent(fixedLink, Inner);
        Assert.Equal((0x60, 0x40, 9), (outer[15], outer[20], outer[22]));
        using var inheriting = VxlanLink.Create(new VxlanSettings { Tos = "inherit", Ttl = "inherit", Df = "inherit" });
        outer = Sent(inheriting, Inner);
        Assert.Equal((0x28, 0x40, 64), (outer[15], outer[20], outer[22]));
    }

    [RootTapFact]
    public void A_super_frame_in_the_tunnel_comes_out_whole()
    {
        using var link = VxlanLink.Create(new VxlanSettings { InnerOffloads = 0x6F, OuterOffloads = 0x1EF });
        byte[] inner = Frames.Ethernet(
            Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(5000)));
        var header = new VnetHeader
        {
            Flags = VnetHeader.NeedsChecksum,
            GsoType = VnetHeader.GsoTcpV4,
            GsoSize = 1400,
            ChecksumStart = 34,
            ChecksumOffset = 16,
        };
        Assert.True(link.TrySend(header, inner));
        Assert.True(link.TryTakeOuter(isExpected: true, out VnetHeader said, out ReadOnlySpan<byte> frame));
        Assert.Equal((9, 0x21, 34, 64), (said.Flags, said.GsoType, said.OuterTransportOffset, said.InnerNetworkOffset));

        Assert.True(link.TryReceive(said, ToDevice(link, frame)));
        Assert.True(link.TryTakeInner(isExpected: true, out VnetHeader back, out frame));
        Assert.Equal(inner, frame);
        Assert.Equal(header, back with { HeaderLength = 0 });
    }

    private static byte[] Sent(VxlanLink link, byte[] inner)
    {
        Assert.True(link.TrySend(default, inner));
        Assert.True(link.TryTakeOuter(isExpected: true, out VnetHeader header, out ReadOnlySpan<byte> outer));
        Assert.Equal(default, header);
        byte[] frame = outer.ToArray();
        Assert.False(link.TryTakeOuter(isExpected: false, out _, out _));
        return frame;
    }

    private static byte[] Received(VxlanLink link, byte[] outer)
    {
        Assert.True(link.TryReceive(default, ToDevice(link, outer)));
        Assert.True(link.TryTakeInner(isExpected: true, out _, out ReadOnlySpan<byte> inner));
        return inner.ToArray();
    }

    /// <summary>What the device sent, as if the other end had sent it.</summary>
    private static byte[] ToDevice(VxlanLink link, ReadOnlySpan<byte> outer)
    {
        byte[] frame = outer.ToArray();
        outer[..6].CopyTo(frame.AsSpan(6));
        outer[6..12].CopyTo(frame);
        // A sum does not mind which of the addresses comes first.
        int length = link.Settings.IsIPv6 ? 16 : 4, at = link.Settings.IsIPv6 ? 22 : 26;
        outer.Slice(at, length).CopyTo(frame.AsSpan(at + length));
        outer.Slice(at + length, length).CopyTo(frame.AsSpan(at));
        return frame;
    }

    /// <summary>The frame by plain code, with what the kernel draws taken from its own.</summary>
    private static byte[] Expected(VxlanLink link, byte[] outer, byte[] content)
    {
        IPFields ip = link.Settings.IsIPv6
            ? new IPv6Fields { Source = link.Local, Destination = link.Remote }
            : new IPv4Fields
            {
                Source = link.Local,
                Destination = link.Remote,
                DontFragment = false,
                Id = BinaryPrimitives.ReadUInt16BigEndian(outer.AsSpan(18)),
            };
        var udp = new UdpFields
        {
            SourcePort = BinaryPrimitives.ReadUInt16BigEndian(outer.AsSpan(link.UdpOffset)),
            DestinationPort = link.Port,
            Checksum = link.Settings.HasChecksum ? FieldChecksum.Good : FieldChecksum.Zero,
        };
        // The plain frames' Ethernet addresses are the link's.
        return Frames.Ethernet(Frames.Udp(ip, udp, content));
    }
}
