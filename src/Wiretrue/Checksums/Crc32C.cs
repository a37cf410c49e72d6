using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Wiretrue.Checksums;

/// <summary>
/// CRC32c (Castagnoli), SCTP's checksum: static methods over whole blocks, and a value that takes its bytes in any number of pieces.
/// </summary>
/// <remarks>
/// RFC 9260 appendix A: the reflected polynomial 0x82F63B78, a state that starts as all ones, inverted at the end. SCTP stores it with its
/// least significant byte first. It is no Internet checksum, and can't be told by sums (<c>csum_not_inet</c>). The value is its own state:
/// a copy goes on by itself, and <c>default</c> is the CRC of no bytes.
/// </remarks>
public struct Crc32C
{
    /// <summary>Bytes of a CRC on the wire.</summary>
    public const int SizeInBytes = 4;

    // Kept inverted, as GetCurrentHash gives it, so that the default value is that of no bytes.
    private uint _crc;

    /// <summary>The CRC of <paramref name="data"/>, inverted at the end, as a number; SCTP stores it little-endian.</summary>
    public static uint HashToUInt32(ReadOnlySpan<byte> data) => ~Update(uint.MaxValue, data);

    /// <summary>Writes the CRC of <paramref name="source"/>, four bytes, little-endian, and returns how many bytes were written.</summary>
    /// <exception cref="ArgumentException">The destination has fewer than four bytes.</exception>
    public static int Hash(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (!TryHash(source, destination, out int written))
            Throw.DestinationTooShort(nameof(destination), SizeInBytes, destination.Length);
        return written;
    }

    /// <summary>Writes the CRC of <paramref name="source"/>, four bytes, little-endian, where there is room for it.</summary>
    public static bool TryHash(ReadOnlySpan<byte> source, Span<byte> destination, out int bytesWritten) =>
        TryWrite(HashToUInt32(source), destination, out bytesWritten);

    /// <summary>Adds bytes behind those so far.</summary>
    public void Append(ReadOnlySpan<byte> source) => _crc = ~Update(~_crc, source);

    /// <summary>The CRC of all bytes so far; more may follow.</summary>
    public readonly uint GetCurrentHash() => _crc;

    /// <summary>Writes the CRC of all bytes so far, four bytes, little-endian, where there is room for it.</summary>
    public readonly bool TryGetCurrentHash(Span<byte> destination, out int bytesWritten) =>
        TryWrite(_crc, destination, out bytesWritten);

    /// <summary>The CRC of all bytes so far; the value starts again without any.</summary>
    public uint GetHashAndReset()
    {
        uint crc = _crc;
        Reset();
        return crc;
    }

    /// <summary>Starts again without any bytes.</summary>
    public void Reset() => _crc = 0;

    // The conditions are constants to the JIT.
    private static uint Update(uint state, ReadOnlySpan<byte> data)
    {
        if (Crc32CFolding.IsSupported)
            return Crc32CFolding.Update(state, ref MemoryMarshal.GetReference(data), (nuint)data.Length);
        if (Crc32CInstruction.IsSupported)
            return Crc32CInstruction.Update(state, ref MemoryMarshal.GetReference(data), (nuint)data.Length);
        return Crc32CTable.Update(state, data);
    }

    private static bool TryWrite(uint crc, Span<byte> destination, out int bytesWritten)
    {
        bool fits = BinaryPrimitives.TryWriteUInt32LittleEndian(destination, crc);
        bytesWritten = fits ? SizeInBytes : 0;
        return fits;
    }
}
