using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Tests.Segmentation;

/// <summary>
/// A card that cuts behind outer headers which it repeats as they are: it knows TCP and UDP, the IP header before them, and where they begin.
/// </summary>
internal static class PartialDevice
{
    private const DeviceFeatures Tunnels =
        GreSegmentation | GreChecksumSegmentation | IPXIP4Segmentation | IPXIP6Segmentation | UdpTunnelSegmentation | UdpTunnelChecksumSegmentation;

    private const DeviceFeatures All = ScatterGather | HighDma | GenericSegmentation | ChecksumGeneric | TcpMask | UdpSegmentation | Tunnels
        | PartialSegmentation;

    /// <summary>The device, as a driver would describe it.</summary>
    public static NetDevice Create() => new("partial", All, mtu: 1500) { EncapsulationFeatures = All, PartialGsoFeatures = Tunnels };

    /// <summary>What such a card sends for a piece: the outer headers as they are, the inner ones counted on, the checksum completed.</summary>
    public static IEnumerable<byte[]> Send(byte[] piece, OffloadState state, int headerLength, bool innerIsV4, bool isTcp)
    {
        int transport = state.ChecksumStart;
        int field = transport + state.ChecksumOffset;
        int length = piece.Length - headerLength;
        for (int offset = 0, index = 0; offset < length; offset += state.GsoSize, index++)
        {
            byte[] frame = [.. piece.AsSpan(0, headerLength), .. piece.AsSpan(headerLength + offset, Math.Min(state.GsoSize, length - offset))];
            if (innerIsV4)
                Renumber(frame, transport - 20, index);
            if (isTcp)
            {
                Add(frame, transport + 4, offset);
                if (index > 0)
                    frame[transport + 13] &= unchecked((byte)~TcpFields.Cwr);
                if (offset + state.GsoSize < length)
                    frame[transport + 13] &= unchecked((byte)~(TcpFields.Fin | TcpFields.Psh));
            }
            else
            {
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(transport + 4), (ushort)(frame.Length - transport));
            }
            // What the field holds counts the length of the piece.
            ushort pseudo = PlainSum.Sum([.. frame.AsSpan(field, 2), .. Word(~(piece.Length - transport)), .. Word(frame.Length - transport)]);
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(field), 0);
            ushort checksum = PlainSum.Checksum(frame.AsSpan(transport), pseudo);
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(field), checksum == 0 && !isTcp ? (ushort)0xFFFF : checksum);
            yield return frame;
        }
    }

    /// <summary>A frame with the outer IPv4 identifications at 0, for a device may repeat them or count them on.</summary>
    public static byte[] WithoutOuterIds(PlainFrame shape, byte[] frame)
    {
        byte[] bytes = [.. frame];
        for (int i = 0; i < shape.Headers.Count - 2; i++)
        {
            if (shape.Headers[i] is PlainIP { Fields: IPv4Fields })
            {
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(shape.OffsetOf(i) + 4), 0);
                Rehash(bytes, shape.OffsetOf(i));
            }
        }
        return bytes;
    }

    private static void Renumber(byte[] frame, int ip, int step)
    {
        ushort id = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(ip + 4));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(ip + 4), (ushort)(id + step));
        Rehash(frame, ip);
    }

    private static void Rehash(byte[] frame, int ip)
    {
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(ip + 10), 0);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(ip + 10), PlainSum.Checksum(frame.AsSpan(ip, 20)));
    }

    private static void Add(byte[] frame, int at, int count) =>
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(at), BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(at)) + (uint)count);

    private static byte[] Word(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
