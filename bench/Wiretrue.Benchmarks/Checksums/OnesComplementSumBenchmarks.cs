using BenchmarkDotNet.Attributes;
using Wiretrue.Checksums;

namespace Wiretrue.Benchmarks.Checksums;

/// <summary>
/// The one's complement sum by length and instruction set, against a memcpy of as many bytes and the loop that RFC 1071 writes down. Each
/// implementation goes through a delegate here; <see cref="Library"/> is what a caller gets.
/// </summary>
[MemoryDiagnoser]
[ShortRunJob]
public class OnesComplementSumBenchmarks
{
    private static readonly OnesComplementSumImplementation[] Implementations = [.. OnesComplementSumImplementation.All];

    private byte[] _source = [];
    private byte[] _destination = [];

    [Params(20, 40, 64, 128, 256, 512, 1460, 4096, 9000, 65536)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _source = new byte[Length];
        _destination = new byte[Length];
        new Random(1071).NextBytes(_source);
    }

    [Benchmark(Baseline = true)]
    public void Memcpy() => _source.AsSpan().CopyTo(_destination);

    [Benchmark]
    public ushort Library() => InternetChecksum.Sum(_source);

    [Benchmark]
    public ushort LibraryCopyAndSum() => InternetChecksum.CopyAndSum(_source, _destination);

    [Benchmark]
    public ushort Vector512() => Implementations[0].Sum(_source);

    [Benchmark]
    public ushort Vector256() => Implementations[1].Sum(_source);

    [Benchmark]
    public ushort Vector128() => Implementations[2].Sum(_source);

    [Benchmark]
    public ushort Scalar() => Implementations[3].Sum(_source);

    [Benchmark]
    public ushort Reference() => OnesComplementSumReference.Sum(_source);
}
