namespace Wiretrue.Checksums;

/// <remarks>
/// RFC 1624 section 3, equation 3: <c>HC' = ~(~HC + ~m + m')</c>. Equation 4, and RFC 1141 before it, give 0xFFFF where a whole new sum
/// gives 0, and a receiver that compares instead of verifying then drops the packet.
/// </remarks>
public partial struct InternetChecksum
{
    /// <summary>A stored checksum after a covered 16-bit word changed (<c>csum_replace2</c>).</summary>
    /// <param name="checksum">The stored checksum.</param>
    /// <param name="oldWord">The word as it was, big-endian, at an even offset of what is covered.</param>
    /// <param name="newWord">The word as it is now.</param>
    public static ushort Update(ushort checksum, ushort oldWord, ushort newWord) =>
        (ushort)~OnesComplementSum.Fold((ulong)(ushort)~checksum + (ushort)~oldWord + newWord);

    /// <summary>A stored checksum after a covered 32-bit word, such as an address or a sequence number, changed (<c>csum_replace4</c>).</summary>
    /// <param name="checksum">The stored checksum.</param>
    /// <param name="oldWord">The word as it was, big-endian, at an even offset of what is covered.</param>
    /// <param name="newWord">The word as it is now.</param>
    public static ushort Update(ushort checksum, uint oldWord, uint newWord) =>
        (ushort)~OnesComplementSum.Fold((ulong)(ushort)~checksum + ~oldWord + newWord);

    /// <summary>A stored checksum after a covered range changed (<c>csum_block_sub</c>, then <c>csum_block_add</c>).</summary>
    /// <param name="checksum">The stored checksum.</param>
    /// <param name="oldBytes">The range as it was.</param>
    /// <param name="newBytes">
    /// The range as it is now; it may be of another length only if nothing after it moves by an odd number of bytes.
    /// </param>
    /// <param name="offset">Where the range starts, in bytes from the first one covered; only its lowest bit counts.</param>
    public static ushort Update(ushort checksum, ReadOnlySpan<byte> oldBytes, ReadOnlySpan<byte> newBytes, long offset = 0) =>
        (ushort)~Combine((ushort)~checksum, Subtract(Sum(newBytes), Sum(oldBytes)), offset);
}
