using System.Buffers.Binary;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Repair;

namespace Wiretrue.Tool;

/// <summary>
/// Has the code of a repair compiled on one core while the other still reads the command line and opens files: by repairing a tiny capture
/// in memory. A repair of hundreds of megabytes takes little longer than the compiler does, so that time is worth hiding.
/// </summary>
internal static class WarmUp
{
    private const long LargeFile = 16 << 20;
    private const int Payload = 3000;
    private const int Headers = 14 + 20 + 20;

    /// <summary>Starts, and returns at once. For small captures, or on a single core, there is nothing to gain.</summary>
    /// <param name="words">The command line, not yet understood: a word that names a large file says that there will be much to do.</param>
    public static void StartFor(string[] words)
    {
        if (words is ["fix", ..] && Environment.ProcessorCount > 1 && Array.Exists(words, IsLarge))
        {
            new Thread(Run) { IsBackground = true, Name = "warm-up" }.Start();
        }
    }

    private static bool IsLarge(string word) => new FileInfo(word.Length == 0 ? "-" : word) is { Exists: true, Length: > LargeFile };

    private static void Run()
    {
        using var stream = new MemoryStream(Capture());
        using CaptureReader reader = CaptureReader.Open(stream, "warm-up");
        CaptureRepair.Run(reader, output: null, new RepairOptions());
    }

    /// <summary>A handshake, a packet with a half-made checksum, one with a good one, and a super-frame.</summary>
    internal static byte[] Capture()
    {
        using var capture = new MemoryStream();
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        header[4] = 2;
        header[6] = 4;
        header[18] = 4;
        header[20] = 1;
        capture.Write(header);
        Span<byte> record = stackalloc byte[16 + Headers + Payload];
        foreach ((byte flags, int payload) in (ReadOnlySpan<(byte, int)>)[(0x02, 0), (0x10, 10), (0x10, 1000), (0x10, Payload), (0x18, 20)])
        {
            Span<byte> packet = record[..(16 + Headers + payload)];
            Fill(packet, flags, payload);
            capture.Write(packet);
        }
        return capture.ToArray();
    }

    // TCP over IPv4 between documentation addresses, its checksum field holding the pseudo-header's sum.
    private static void Fill(Span<byte> record, byte flags, int payload)
    {
        record.Clear();
        int length = Headers + payload;
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], length);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], length);
        // Ethernet addresses of a host: between all zeros, a large packet would be the loopback's own.
        record[16] = 2;
        record[16 + 6] = 2;
        record[16 + 12] = 0x08;
        Span<byte> ip = record[(16 + 14)..];
        BinaryPrimitives.WriteUInt16BigEndian(ip, 0x4500);
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(length - 14));
        ip[8] = 64;
        ip[9] = 6;
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], 0xC0000201);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], 0xC0000202);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksums.InternetChecksum.Hash(ip[..20]));
        Span<byte> tcp = ip[20..];
        tcp[12] = 0x50;
        tcp[13] = flags;
        ushort addresses = Checksums.InternetChecksum.Sum(ip[12..20]);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], Checksums.InternetChecksum.Add(addresses, (ushort)(6 + length - 34)));
    }
}
