using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Transmit;

/// <summary>Mistakes with half-made checksums that were made once: the bytes that left, and those that should have.</summary>
/// <remarks>
/// The datagram and the segment of these tests carry "wiretrue". All numbers are big-endian, as on the wire:
/// <code>
///        pseudo-header's sum   checksum   pseudo-header counted twice   not counted
/// UDP    8425                  F859       7434                          7C7F
/// TCP    8426                  98B8       1492                          1CDF
/// </code>
/// </remarks>
public sealed class KnownMistakesTests
{
    private const int Transport = 14 + 20;

    private const int UdpField = Transport + 6;

    private const int TcpField = Transport + 16;

    private static readonly byte[] _payload = "wiretrue"u8.ToArray();

    [Theory]
    [InlineData(false, 0x8425, 0xF859, 0x7434)]
    [InlineData(true, 0x8426, 0x98B8, 0x1492)]
    public void A_driver_that_adds_the_pseudo_header_to_a_field_that_holds_it_sends_wrong_checksums(
        bool isTcp, ushort left, ushort right, ushort wrong)
    {
        // The driver of the e100 in Linux 2.4.20: the stack had put the sum of the pseudo-header in the field, and the driver put it there
        // once more before the card summed the rest.
        byte[] partial = Frame(isTcp, FieldChecksum.Partial);
        int field = isTcp ? TcpField : UdpField;
        Assert.Equal(left, Field(partial, field));

        byte[] sent = Send(partial, field, new ChecksumCard(addsPseudoHeader: false));
        Assert.Equal(right, Field(sent, field));
        Assert.Equal(Frame(isTcp, FieldChecksum.Good), sent);
        Assert.Equal(ChecksumVerdict.Good, Receive(sent));

        byte[] mistaken = Send(partial, field, new ChecksumCard(addsPseudoHeader: true));
        Assert.Equal(wrong, Field(mistaken, field));
        Assert.Equal(ChecksumVerdict.Bad, Receive(mistaken));

        // It is wrong by the pseudo-header, and in the field alone.
        BinaryPrimitives.WriteUInt16BigEndian(mistaken.AsSpan(field), PlainSum.Sum([(byte)(left >> 8), (byte)left], wrong));
        Assert.Equal(sent, mistaken);
    }

    [Fact]
    public void A_card_that_cannot_finish_checksums_is_given_finished_ones_and_its_driver_has_nothing_to_add()
    {
        byte[] sent = Send(Frame(isTcp: false, FieldChecksum.Partial), UdpField, NetDevice.Wire());
        Assert.Equal(0xF859, Field(sent, UdpField));
    }

    [Fact]
    public void A_guest_that_leaves_0_in_a_UDP_field_marked_blank_has_its_datagram_dropped_by_the_receiver()
    {
        // XEN_NETTXF_csum_blank says that the checksum is owed, as CHECKSUM_PARTIAL does: then 0 in the field does not mean "none", as it
        // does in a finished datagram, but a pseudo-header that sums up to 0.
        byte[] zero = Frame(isTcp: false, FieldChecksum.Zero);
        byte[] sent = Send(zero, UdpField, NetDevice.Wire());
        Assert.Equal(0x7C7F, Field(sent, UdpField));
        Assert.Equal(ChecksumVerdict.Bad, Receive(sent));

        byte[] partial = Frame(isTcp: false, FieldChecksum.Partial);
        Assert.Equal(0x8425, Field(partial, UdpField));
        sent = Send(partial, UdpField, NetDevice.Wire());
        Assert.Equal(0xF859, Field(sent, UdpField));
        Assert.Equal(ChecksumVerdict.Good, Receive(sent));
        Assert.Equal(Frame(isTcp: false, FieldChecksum.Good), sent);
    }

    [Fact]
    public void The_same_0_without_the_mark_is_sent_as_it_is_and_taken()
    {
        byte[] zero = Frame(isTcp: false, FieldChecksum.Zero);
        byte[] sent = Assert.Single(Cutter.Cut(zero, default));
        Assert.Equal(zero, sent);
        Assert.Equal(ChecksumVerdict.Absent, Receive(sent));
    }

    private static byte[] Frame(bool isTcp, FieldChecksum checksum) => Frames.Ethernet(isTcp
        ? Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = checksum }, _payload)
        : Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = checksum }, _payload));

    private static ushort Field(byte[] frame, int field) => BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(field));

    /// <summary>What leaves a device for a frame whose checksum is marked as owed.</summary>
    private static byte[] Send(byte[] frame, int field, NetDevice device)
    {
        var owed = new OffloadState
        {
            Checksum = ChecksumState.Partial,
            ChecksumStart = Transport,
            ChecksumOffset = (ushort)(field - Transport),
        };
        Assert.Equal(DropReason.None, Cutter.TryCut(frame, owed, device, out List<byte[]> given));
        byte[] bytes = Assert.Single(given);
        if (device is ChecksumCard card)
        {
            Assert.Equal(frame, bytes);
            card.Finish(bytes, field);
        }
        return bytes;
    }

    private static ChecksumVerdict Receive(byte[] frame)
    {
        PacketLayout layout = default;
        PacketWalk.Walk(frame, frame.Length, LinkType.Ethernet, ref layout);
        return TransportChecksum.Verify(frame, layout, layout.OuterTransport);
    }

    /// <summary>A card that sums from the transport header to the end, whatever the field holds, and the driver that gives it its work.</summary>
    private sealed class ChecksumCard(bool addsPseudoHeader)
        : NetDevice("card", DeviceFeatures.ChecksumIPv4 | DeviceFeatures.ScatterGather, mtu: 1500)
    {
        public void Finish(byte[] frame, int field)
        {
            if (addsPseudoHeader)
            {
                ushort pseudo = new IPv4Fields().PseudoSum(frame[14 + 9], frame.Length - Transport);
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(field), PlainSum.Sum(frame.AsSpan(field, 2), pseudo));
            }
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(field), PlainSum.Checksum(frame.AsSpan(Transport)));
        }
    }
}
