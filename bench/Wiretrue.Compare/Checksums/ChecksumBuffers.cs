using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Wiretrue.Checksums;

namespace Wiretrue.Compare.Checksums;

/// <summary>A source and a destination of one length, and each work on them as a loop.</summary>
/// <remarks>
/// The loops are optimised at their first call, so that a run never has slow turns in it. Each result goes into a sum that is kept: the
/// work can't be thrown away.
/// </remarks>
internal sealed class ChecksumBuffers
{
    private readonly byte[] _source;
    private readonly byte[] _destination;
    private ulong _kept;

    public ChecksumBuffers(int length)
    {
        _source = new byte[length];
        _destination = new byte[length];
        new Random(1071).NextBytes(_source);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sum(int times)
    {
        ulong kept = 0;
        for (int i = 0; i < times; i++)
            kept += InternetChecksum.Sum(_source);
        _kept = kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyAndSum(int times)
    {
        ulong kept = 0;
        for (int i = 0; i < times; i++)
            kept += InternetChecksum.CopyAndSum(_source, _destination);
        _kept = kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Copy(int times)
    {
        for (int i = 0; i < times; i++)
            _source.AsSpan().CopyTo(_destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Crc32C(int times)
    {
        ulong kept = 0;
        for (int i = 0; i < times; i++)
            kept += Wiretrue.Checksums.Crc32C.HashToUInt32(_source);
        _kept = kept;
    }

    /// <summary>What a program without this library would write: a big-endian word at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ScalarLoop(int times)
    {
        ulong kept = 0;
        for (int i = 0; i < times; i++)
        {
            ulong sum = 0;
            for (ReadOnlySpan<byte> rest = _source; rest.Length >= 2; rest = rest[2..])
                sum += BinaryPrimitives.ReadUInt16BigEndian(rest);
            kept += sum % 0xFFFF;
        }

        _kept = kept;
    }
}
