using System.Runtime.InteropServices;

namespace Wiretrue.Checksums;

/// <summary>An implementation of the one's complement sum under its name, so that tests and benchmarks go through all of them.</summary>
/// <param name="Name">Width of its registers.</param>
/// <param name="IsSupported">Whether this processor runs it in hardware; all of them give the right sum everywhere.</param>
/// <param name="Sum">The folded, big-endian sum.</param>
/// <param name="CopyAndSum">Copies, to a destination that is long enough and does not overlap, and gives the folded, big-endian sum.</param>
internal sealed record OnesComplementSumImplementation(
    string Name,
    bool IsSupported,
    OnesComplementSumImplementation.Summing Sum,
    OnesComplementSumImplementation.Copying CopyAndSum)
{
    public delegate ushort Summing(ReadOnlySpan<byte> source);

    public delegate ushort Copying(ReadOnlySpan<byte> source, Span<byte> destination);

    private delegate ulong Unfolded(ref byte source, nuint length);

    private delegate ulong UnfoldedCopy(ref byte source, ref byte destination, nuint length);

    /// <summary>All of them, the widest first.</summary>
    public static IReadOnlyList<OnesComplementSumImplementation> All { get; } =
    [
        Create("Vector512", OnesComplementSum512.IsSupported, OnesComplementSum512.Sum, OnesComplementSum512.CopyAndSum),
        Create("Vector256", OnesComplementSum256.IsSupported, OnesComplementSum256.Sum, OnesComplementSum256.CopyAndSum),
        Create("Vector128", OnesComplementSum128.IsSupported, OnesComplementSum128.Sum, OnesComplementSum128.CopyAndSum),
        Create("Scalar", isSupported: true, OnesComplementSumScalar.Sum, OnesComplementSumScalar.CopyAndSum),
    ];

    public override string ToString() => Name;

    private static OnesComplementSumImplementation Create(string name, bool isSupported, Unfolded sum, UnfoldedCopy copy) => new(
        name,
        isSupported,
        source => OnesComplementSum.FoldToBigEndian(sum(ref MemoryMarshal.GetReference(source), (nuint)source.Length)),
        (source, destination) => OnesComplementSum.FoldToBigEndian(
            copy(ref MemoryMarshal.GetReference(source), ref MemoryMarshal.GetReference(destination), (nuint)source.Length)));
}
