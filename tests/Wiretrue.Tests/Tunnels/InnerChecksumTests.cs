using System.Net;
using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Reception;
using Wiretrue.Transmit;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

/// <summary>Checksums that do not stay owed inside of a tunnel.</summary>
public sealed class InnerChecksumTests : IDisposable
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1"), There = IPAddress.Parse("192.0.2.2");

    private static readonly VxlanTunnel Vxlan = new() { Local = Here, Remote = There, Link = TunnelJudge.Link };

    private readonly PacketPool _pool = new();

    [Fact]
    public void A_crc32c_is_completed_before_the_outer_checksum_covers_it()
    {
        byte[] frame = Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Zero, Frames.Payload(100)));
        var owed = new OffloadState
        {
            Checksum = ChecksumState.Partial,
            ChecksumIsCrc32C = true,
            ChecksumStart = 34,
            ChecksumOffset = 8,
        };
        byte[] sent = Send(frame, owed);
        Assert.Equal(132, PlainReceiver.Receive(sent).Protocol);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(0xFF)]
    public void Padding_behind_a_packet_whose_checksum_is_owed_is_covered_outside_alone(byte padding)
    {
        byte[] packet = Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(3));
        byte[] frame = [.. Frames.Ethernet(packet), .. Enumerable.Repeat(padding, 15)];
        byte[] sent = Send(frame, new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 6 });

        Assert.Equal(frame.Length + 50, sent.Length);
        Assert.Equal(0xFFFF, PlainSum.Sum(sent.AsSpan(34), new IPv4Fields().PseudoSum(17, sent.Length - 34)));
        Assert.Equal(0xFFFF, PlainSum.Sum(sent.AsSpan(84, 11), new IPv4Fields().PseudoSum(17, 11)));
    }

    /// <inheritdoc/>
    public void Dispose() => _pool.Dispose();

    private byte[] Send(byte[] frame, in OffloadState owed)
    {
        Packet packet = _pool.Rent(frame, owed);
        Assert.Equal(DropReason.None, Vxlan.CreateEncapsulator().Encapsulate(packet));
        using var ready = new PacketQueue();
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), ready));
        byte[] bytes = new byte[ready.First!.Length];
        ready.First.CopyTo(bytes);
        return bytes;
    }
}
