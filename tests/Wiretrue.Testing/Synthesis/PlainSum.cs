namespace Wiretrue.Testing.Synthesis;

/// <summary>The Internet checksum and CRC32c, a byte at a time: what the tests believe when they judge the library's.</summary>
public static class PlainSum
{
    /// <summary>The folded one's complement sum, not inverted, as a big-endian number; goes on from <paramref name="start"/>.</summary>
    public static ushort Sum(ReadOnlySpan<byte> data, ushort start = 0)
    {
        int sum = start;
        for (int i = 0; i < data.Length; i++)
        {
            sum += (i & 1) == 0 ? data[i] << 8 : data[i];
            if (sum > 0xFFFF)
                sum -= 0xFFFF;
        }
        return (ushort)sum;
    }

    /// <summary>The inverted sum: what a checksum field holds.</summary>
    public static ushort Checksum(ReadOnlySpan<byte> data, ushort start = 0) => (ushort)~Sum(data, start);

    /// <summary>CRC32c, a bit at a time; SCTP stores it little-endian.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }
        return ~crc;
    }

    /// <summary>What a transport checksum field is given, so that it shows <paramref name="kind"/>.</summary>
    /// <param name="kind">What it should show.</param>
    /// <param name="segment">The transport header, its field zero, and all that it covers.</param>
    /// <param name="pseudo">Sum of the pseudo-header with the length.</param>
    /// <param name="pseudoNoLength">The same with length 0.</param>
    /// <param name="zeroIsOnes">UDP: a computed 0 is sent as 0xFFFF (RFC 768).</param>
    public static ushort Field(FieldChecksum kind, ReadOnlySpan<byte> segment, ushort pseudo, ushort pseudoNoLength, bool zeroIsOnes)
    {
        ushort good = Checksum(segment, pseudo);
        if (good == 0 && zeroIsOnes)
            good = 0xFFFF;
        if (kind != FieldChecksum.Bad)
        {
            return kind switch
            {
                FieldChecksum.Good => good,
                FieldChecksum.Partial => pseudo,
                FieldChecksum.PartialNoLength => pseudoNoLength,
                _ => 0,
            };
        }
        ushort bad = (ushort)(good ^ 0x5555);
        while (bad == 0 || bad == 0xFFFF || bad == pseudo || bad == pseudoNoLength)
            bad++;
        return bad;
    }
}
