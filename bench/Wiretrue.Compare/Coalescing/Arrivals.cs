using System.Buffers.Binary;
using Wiretrue.Checksums;

namespace Wiretrue.Compare.Coalescing;

/// <summary>A burst of TCP/IPv4 frames with timestamps and 1448 bytes of payload each, in order within each flow, their checksums right.</summary>
/// <remarks>
/// Only ACK is set: DPDK merges nothing that has PSH. Frames lie in memory of their own each, as a driver's receive buffers do, in 2048 bytes.
/// </remarks>
internal sealed class Arrivals
{
    /// <summary>Bytes before the network header, as <c>l2_len</c>.</summary>
    public const int L2 = 14;

    /// <summary>Bytes of the network header, as <c>l3_len</c>.</summary>
    public const int L3 = 20;

    /// <summary>Bytes of the transport header, as <c>l4_len</c>.</summary>
    public const int L4 = 32;

    /// <summary>Bytes of all headers.</summary>
    public const int Headers = L2 + L3 + L4;

    /// <summary>Payload bytes of each frame.</summary>
    public const int Payload = 1448;

    private const byte ProtocolTcp = 6;

    private readonly byte[][] _headers;

    /// <param name="flows">How many flows take turns.</param>
    /// <param name="perFlow">Frames of each.</param>
    public Arrivals(int flows, int perFlow)
    {
        Flows = flows;
        var random = new Random(793);
        Frames = new byte[flows * perFlow][];
        for (int i = 0; i < Frames.Length; i++)
            Frames[i] = Frame(flow: i % flows, number: i / flows, random);
        _headers = [.. Frames.Select(frame => frame[..Headers])];
    }

    /// <summary>How many flows take turns.</summary>
    public int Flows { get; }

    /// <summary>The frames in order of arrival, in memory that does not move.</summary>
    public byte[][] Frames { get; }

    /// <summary>Makes the headers of a frame what they were when it arrived: who merges writes those of the first of a flow.</summary>
    public void Restore(int index) => _headers[index].CopyTo(Frames[index], 0);

    private static byte[] Frame(int flow, int number, Random random)
    {
        byte[] bytes = GC.AllocateArray<byte>(Headers + Payload, pinned: true);
        random.NextBytes(bytes.AsSpan(Headers));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(12), 0x0800);
        WriteIPv4(bytes.AsSpan(L2), (ushort)(1000 + number)); // DPDK does not merge across its wrap.
        WriteTcp(bytes.AsSpan(L2 + L3), (ushort)(40000 + flow), 0xFFFF_8000 + (uint)(number * Payload));
        Span<byte> tcp = bytes.AsSpan(L2 + L3);
        ulong pseudoHeader = (ulong)InternetChecksum.Sum(bytes.AsSpan(L2 + 12, 8)) + (ulong)(ProtocolTcp + tcp.Length);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], (ushort)~InternetChecksum.Fold(pseudoHeader + InternetChecksum.Sum(tcp)));
        return bytes;
    }

    private static void WriteIPv4(Span<byte> ip, ushort identification)
    {
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)ip.Length);
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], identification);
        ip[8] = 64;
        ip[9] = ProtocolTcp;
        Convert.FromHexString("C0000201" + "C0000202").CopyTo(ip[12..]);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], InternetChecksum.Hash(ip[..L3]));
    }

    private static void WriteTcp(Span<byte> tcp, ushort port, uint sequence)
    {
        BinaryPrimitives.WriteUInt16BigEndian(tcp, port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], 443);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sequence);
        tcp[12] = L4 / 4 << 4;
        tcp[13] = 0x10;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], 512);
        Convert.FromHexString("0101080A" + "0000000100000002").CopyTo(tcp[20..]);
    }
}
