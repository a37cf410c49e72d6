using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Wiretrue.Checksums;

namespace Wiretrue.Benchmarks.Checksums;

/// <summary>CRC32c by length and by path.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class Crc32CBenchmarks
{
    private byte[] _source = [];

    [Params(64, 256, 1460, 65536)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _source = new byte[Length];
        new Random(9260).NextBytes(_source);
    }

    [Benchmark(Baseline = true)]
    public uint Library() => Crc32C.HashToUInt32(_source);

    [Benchmark]
    public uint Instruction() =>
        Crc32CInstruction.Update(uint.MaxValue, ref MemoryMarshal.GetArrayDataReference(_source), (nuint)_source.Length);

    [Benchmark]
    public uint Table() => Crc32CTable.Update(uint.MaxValue, _source);
}
