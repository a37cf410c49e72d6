using System.Buffers.Binary;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Transmit;

public sealed class PartialChecksumTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1459)]
    [InlineData(200_001)]
    public void A_half_made_TCP_checksum_is_finished(int payload)
    {
        IPFields ip = new IPv6Fields();
        byte[] frame = Frames.Ethernet(Frames.Tcp(ip, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(payload)));
        byte[] good = Frames.Ethernet(Frames.Tcp(ip, new TcpFields(), Frames.Payload(payload)));
        ushort checksum = PartialChecksum.Complete(frame, start: 54, offset: 16);
        Assert.Equal(good, frame);
        Assert.Equal(BinaryPrimitives.ReadUInt16BigEndian(good.AsSpan(70)), checksum);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_half_made_UDP_checksum_is_finished(int payload)
    {
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(payload)));
        PartialChecksum.Complete(frame, start: 34, offset: 6);
        Assert.Equal(Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields(), Frames.Payload(payload))), frame);
    }

    [Fact]
    public void Zero_is_stored_as_all_ones_whatever_the_protocol()
    {
        // All that is summed is all ones, whatever the field's place.
        byte[] frame = new byte[40];
        frame[38] = 0xFF;
        frame[39] = 0xFF;
        foreach (int offset in (int[])[2, 6, 16])
            Assert.Equal(0xFFFF, PartialChecksum.Complete(frame.AsSpan().ToArray(), 0, offset));
    }

    /// <summary>About one packet in 65,536 has a pseudo-header sum that is its checksum: finishing it must not spoil it.</summary>
    [Fact]
    public void A_field_that_is_right_already_stays_as_it_is()
    {
        byte[] payload = Frames.Payload(100);
        byte[] partial = Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, payload);
        ushort field = BinaryPrimitives.ReadUInt16BigEndian(partial.AsSpan(36));
        ushort good = BinaryPrimitives.ReadUInt16BigEndian(Frames.Tcp(new IPv4Fields(), new TcpFields(), payload).AsSpan(36));
        // Raise a payload word by what lies between the two.
        int word = BinaryPrimitives.ReadUInt16BigEndian(payload) + good + (ushort)~field;
        while (word > 0xFFFF)
            word = (word & 0xFFFF) + (word >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)word);

        byte[] both = Frames.Tcp(new IPv4Fields(), new TcpFields(), payload);
        Assert.Equal(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, payload), both);
        byte[] done = [.. both];
        PartialChecksum.Complete(done, 20, 16);
        Assert.Equal(both, done);
    }

    [Theory]
    [InlineData(0, 0, 2, true)]
    [InlineData(0, 1, 2, false)]
    [InlineData(0, 0, 1, false)]
    [InlineData(2, 0, 2, false)]
    [InlineData(-1, 4, 100, false)]
    [InlineData(4, -1, 100, false)]
    [InlineData(int.MaxValue, int.MaxValue, 100, false)]
    [InlineData(34, 16, 51, false)]
    [InlineData(34, 16, 52, true)]
    public void Both_bytes_of_the_field_must_be_in_the_frame(int start, int offset, int length, bool fits)
    {
        byte[] frame = Frames.Payload(length);
        byte[] before = [.. frame];
        Assert.Equal(fits, PartialChecksum.TryComplete(frame, start, offset, out _));
        if (!fits)
        {
            Assert.Equal(before, frame);
            Assert.Throws<ArgumentOutOfRangeException>(() => PartialChecksum.Complete(frame, start, offset));
        }
    }

    [Fact]
    public void SCTP_has_its_CRC_stored_little_endian_whatever_the_field_held()
    {
        byte[] good = Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Good, Frames.Payload(100)));
        byte[] frame = Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Bad, Frames.Payload(100)));
        Assert.True(PartialChecksum.TryCompleteCrc32C(frame, 34, 8, out uint checksum));
        Assert.Equal(good, frame);
        Assert.Equal(PlainSum.Crc32C(Frames.Sctp(new IPv4Fields(), FieldChecksum.Zero, Frames.Payload(100)).AsSpan(20)), checksum);
        Assert.False(PartialChecksum.TryCompleteCrc32C(new byte[11], 0, 8, out _));
        Assert.False(PartialChecksum.TryCompleteCrc32C(new byte[11], -1, 8, out _));
    }
}
