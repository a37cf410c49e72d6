using System.Buffers.Binary;
using System.Net;
using Wiretrue.Devices;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>Super-frames that random ones seldom or never are: checksums that come to zero, and more than 64 KiB.</summary>
public sealed class EdgeOracleTests : IDisposable
{
    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    [RootTapFact]
    public void A_tcp_segment_whose_checksum_comes_to_zero_keeps_the_zero()
    {
        byte[] payload = Frames.Payload(3000);
        // The first segment's checksum over a word of zero, put in place of that word, makes the sum all ones.
        payload.AsSpan(0, 2).Clear();
        List<byte[]> first = Same(TcpV4(payload, 1000), GsoTcp(1000));
        first[0].AsSpan(34 + 16, 2).CopyTo(payload);

        List<byte[]> frames = Same(TcpV4(payload, 1000), GsoTcp(1000));

        Assert.Equal(0, BinaryPrimitives.ReadUInt16BigEndian(frames[0].AsSpan(34 + 16)));
    }

    [RootTapFact]
    public void A_udp_segment_whose_checksum_comes_to_zero_gets_all_ones()
    {
        byte[] payload = Frames.Payload(3000);
        payload.AsSpan(0, 2).Clear();
        List<byte[]> first = Same(UdpV4(payload), GsoUdp(1000));
        first[0].AsSpan(34 + 6, 2).CopyTo(payload);

        List<byte[]> frames = Same(UdpV4(payload), GsoUdp(1000));

        Assert.Equal(0xFFFF, BinaryPrimitives.ReadUInt16BigEndian(frames[0].AsSpan(34 + 6)));
    }

    [RootTapFact]
    public void A_half_made_udp_checksum_that_comes_to_zero_gets_all_ones()
    {
        byte[] payload = Frames.Payload(100);
        payload.AsSpan(0, 2).Clear();
        VnetHeader header = GsoUdp(0) with { GsoType = VnetHeader.GsoNone };
        List<byte[]> first = Same(UdpV4(payload), header);
        first[0].AsSpan(34 + 6, 2).CopyTo(payload);

        List<byte[]> frames = Same(UdpV4(payload), header);

        Assert.Equal(0xFFFF, BinaryPrimitives.ReadUInt16BigEndian(frames[0].AsSpan(34 + 6)));
    }

    [RootTapFact]
    public void So_does_a_half_made_tcp_checksum_though_a_segment_s_would_keep_the_zero()
    {
        byte[] payload = Frames.Payload(100);
        payload.AsSpan(0, 2).Clear();
        VnetHeader header = GsoTcp(0) with { GsoType = VnetHeader.GsoNone };
        List<byte[]> first = Same(TcpV4(payload, 1000), header);
        first[0].AsSpan(34 + 16, 2).CopyTo(payload);

        List<byte[]> frames = Same(TcpV4(payload, 1000), header);

        Assert.Equal(0xFFFF, BinaryPrimitives.ReadUInt16BigEndian(frames[0].AsSpan(34 + 16)));
    }

    [RootTapFact]
    public void Big_tcp_over_ipv4_says_length_zero_and_is_cut_by_what_is_there()
    {
        byte[] packet = Frames.Tcp(
            new IPv4Fields { LengthField = 0 }, new TcpFields { Checksum = FieldChecksum.Partial, Options = TcpFields.Timestamps }, Frames.Payload(100_000));
        Assert.Equal(70, Same(Frames.Ethernet(packet), GsoTcp(1448)).Count);
    }

    [RootTapFact]
    public void Big_tcp_over_ipv6_says_length_zero_and_is_cut_by_what_is_there()
    {
        byte[] packet = Frames.Tcp(
            new IPv6Fields { LengthField = 0 }, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(100_000));
        Assert.Equal(70, Same(Frames.Ethernet(packet), GsoTcp(1440) with { GsoType = VnetHeader.GsoTcpV6, ChecksumStart = 54 }).Count);
    }

    [RootTapFact]
    public void Big_tcp_over_ipv6_loses_the_jumbo_option_that_it_needed()
    {
        byte[] jumbo = [0, 0, 0xC2, 4, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(jumbo.AsSpan(4), 8 + 20 + 100_000);
        byte[] packet = Frames.Tcp(
            new IPv6Fields { LengthField = 0, Extensions = [(0, jumbo)] }, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(100_000));
        List<byte[]> frames = Same(Frames.Ethernet(packet), GsoTcp(1440) with { GsoType = VnetHeader.GsoTcpV6, ChecksumStart = 62 });
        Assert.Equal(70, frames.Count);
        Assert.Equal(14 + 40 + 20 + 1440, frames[0].Length);
    }

    [RootTapFact]
    public void A_super_frame_whose_checksum_is_complete_is_cut_all_the_same()
    {
        byte[] packet = Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Good }, Frames.Payload(5000));
        Assert.Equal(4, Same(Frames.Ethernet(packet), new VnetHeader { GsoType = VnetHeader.GsoTcpV4, GsoSize = 1448 }).Count);
    }

    [RootTapFact]
    public void A_sequence_number_wraps_within_a_super_frame()
    {
        byte[] packet = Frames.Tcp(
            new IPv4Fields { Id = 65530 }, new TcpFields { Checksum = FieldChecksum.Partial, Sequence = uint.MaxValue - 5000 }, Frames.Payload(20_000));
        List<byte[]> frames = Same(Frames.Ethernet(packet), GsoTcp(1448));
        Assert.Equal(1448U * 4 - 5001, BinaryPrimitives.ReadUInt32BigEndian(frames[4].AsSpan(34 + 4)));
        Assert.Equal(0, BinaryPrimitives.ReadUInt16BigEndian(frames[6].AsSpan(14 + 4)));
    }

    [RootTapFact]
    public void A_source_route_changes_nothing_about_how_a_super_frame_is_cut()
    {
        // Loose source route (RFC 791) with one address left to visit: the pseudo-header that the sender summed has that address.
        var fields = new IPv4Fields { Options = [1, 131, 7, 4, 198, 51, 100, 9] };
        var final = fields with { Destination = IPAddress.Parse("198.51.100.9") };
        byte[] packet = Frames.Tcp(final, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(5000));
        fields.Wrap(6, packet.AsSpan(28)).CopyTo(packet, 0);

        List<byte[]> frames = Same(Frames.Ethernet(packet), GsoTcp(1000) with { ChecksumStart = 42 });

        Assert.All(frames, f => Assert.Equal(0xFFFF, PlainSum.Sum(f.AsSpan(42), final.PseudoSum(6, f.Length - 42))));
    }

    private static VnetHeader GsoTcp(int size) => new()
    {
        Flags = VnetHeader.NeedsChecksum,
        GsoType = VnetHeader.GsoTcpV4,
        GsoSize = (ushort)size,
        ChecksumStart = 34,
        ChecksumOffset = 16,
    };

    private static VnetHeader GsoUdp(int size) => GsoTcp(size) with { GsoType = VnetHeader.GsoUdpL4, ChecksumOffset = 6 };

    private static byte[] TcpV4(byte[] payload, uint sequence) => Frames.Ethernet(
        Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial, Sequence = sequence }, payload));

    private static byte[] UdpV4(byte[] payload) => Frames.Ethernet(
        Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Partial }, payload));

    private List<byte[]> Same(byte[] frame, VnetHeader header)
    {
        using var pair = TapPair.Create("edge");
        List<byte[]>? kernel = pair.Cut(header, frame);
        FrameComparison.Same(kernel, _wire.Cut(header, frame, out DropReason reason), $"{reason}: {header}");
        Assert.NotNull(kernel);
        return kernel;
    }
}
