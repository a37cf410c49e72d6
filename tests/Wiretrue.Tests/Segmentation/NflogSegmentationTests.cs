using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Segmentation;

/// <summary>A super-frame in a netfilter log: the TLV that holds the packet counts and pads it.</summary>
public sealed class NflogSegmentationTests
{
    // struct nfgenmsg for IPv4, then a TLV of five bytes (a prefix), padded to eight.
    private static ReadOnlySpan<byte> Little => [2, 0, 0, 5, 5, 0, 10, 0, 0, 0, 0, 0];

    private static ReadOnlySpan<byte> Big => [2, 0, 0, 5, 0, 5, 0, 10, 0, 0, 0, 0];

    [Theory]
    [InlineData(false, 3001, 1000)]
    [InlineData(false, 2000, 1000)]
    [InlineData(true, 3002, 1000)]
    [InlineData(false, 3000, 999)]
    [InlineData(true, 3003, 1001)]
    [InlineData(false, 3001, 1002)]
    public void The_length_of_the_packets_tlv_is_rewritten_and_its_padding_made_anew(bool bigEndian, int length, int size)
    {
        byte[] payload = Frames.Payload(length);
        byte[] Build(uint sequence, ushort id, byte[] content, FieldChecksum checksum) => Log(
            bigEndian, Frames.Tcp(new IPv4Fields { Id = id }, new TcpFields { Sequence = sequence, Checksum = checksum }, content));

        DropReason reason = TryCut(Build(1, 1, payload, FieldChecksum.Partial), size, out List<byte[]> frames);

        Assert.Equal(DropReason.None, reason);
        Assert.Equal((length + size - 1) / size, frames.Count);
        for (int i = 0; i < frames.Count; i++)
        {
            byte[] part = payload[(i * size)..Math.Min(length, (i + 1) * size)];
            Assert.Equal(Build(1 + (uint)(i * size), (ushort)(1 + i), part, FieldChecksum.Good), frames[i]);
        }
    }

    [Fact]
    public void A_tlv_behind_the_packet_is_in_the_way()
    {
        byte[] packet = Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(3000));
        byte[] log = [.. Log(bigEndian: false, packet), 8, 0, 11, 0, 0, 0, 0, 0];
        Assert.Equal(DropReason.GsoUnsupportedHeader, TryCut(log, 1000, out _));
    }

    private static byte[] Log(bool bigEndian, byte[] packet)
    {
        byte[] tlv = new byte[4];
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(tlv, (ushort)(4 + packet.Length));
            BinaryPrimitives.WriteUInt16BigEndian(tlv.AsSpan(2), 9);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(tlv, (ushort)(4 + packet.Length));
            BinaryPrimitives.WriteUInt16LittleEndian(tlv.AsSpan(2), 9);
        }
        return [.. bigEndian ? Big : Little, .. tlv, .. packet, .. new byte[-packet.Length & 3]];
    }

    private static DropReason TryCut(byte[] log, int size, out List<byte[]> frames)
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Packet sent = pool.Rent(log, Cutter.State(GsoType.TcpV4, size, Little.Length + 4 + 20));
        sent.LinkType = LinkType.Nflog;
        DropReason reason = TransmitPath.Validate(sent, NetDevice.Wire(), ready);
        frames = [];
        for (Packet? packet = ready.First; packet is not null; packet = packet.Next)
            frames.Add(Cutter.Bytes(packet));
        ready.Clear();
        return reason;
    }
}
