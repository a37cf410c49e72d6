namespace Wiretrue.Checksums;

/// <remarks>The value is its own state: a copy goes on by itself. <c>default</c> is a checksum of no bytes.</remarks>
public partial struct InternetChecksum
{
    // Sums are kept folded, so that any number of bytes can follow and an odd block can be swapped.
    private ushort _sum;
    private bool _odd;

    /// <summary>The sum of all bytes so far, not inverted.</summary>
    public readonly ushort CurrentSum => _sum;

    /// <summary>Adds bytes behind those so far; a block may be of any length, odd ones too.</summary>
    public void Append(ReadOnlySpan<byte> source) => AppendSum(Sum(source), source.Length);

    /// <summary>Copies <paramref name="source"/> to <paramref name="destination"/> and adds it, in one pass.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than the source.</exception>
    public void CopyAndAppend(ReadOnlySpan<byte> source, Span<byte> destination) =>
        AppendSum(CopyAndSum(source, destination), source.Length);

    /// <summary>Adds a block whose sum is known, such as a pseudo-header or a payload summed before.</summary>
    /// <param name="blockSum">The block's sum, made as if it started at offset 0.</param>
    /// <param name="blockLength">The block's bytes; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public void AppendSum(ushort blockSum, long blockLength)
    {
        if (blockLength < 0)
            Throw.LengthNegative(nameof(blockLength), blockLength);
        _sum = Combine(_sum, blockSum, _odd ? 1 : 0);
        _odd ^= (blockLength & 1) != 0;
    }

    /// <summary>The checksum of all bytes so far; more may follow.</summary>
    public readonly ushort GetCurrentHash() => (ushort)~_sum;

    /// <summary>Writes the checksum of all bytes so far, two bytes in network order, where there is room for it.</summary>
    public readonly bool TryGetCurrentHash(Span<byte> destination, out int bytesWritten) =>
        TryWrite(GetCurrentHash(), destination, out bytesWritten);

    /// <summary>The checksum of all bytes so far; the value starts again without any.</summary>
    public ushort GetHashAndReset()
    {
        ushort checksum = GetCurrentHash();
        Reset();
        return checksum;
    }

    /// <summary>Starts again without any bytes.</summary>
    public void Reset() => this = default;
}
