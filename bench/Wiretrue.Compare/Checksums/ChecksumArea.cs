using System.Globalization;

namespace Wiretrue.Compare.Checksums;

/// <summary>The one's complement sum, and copy-and-sum, against a memcpy of as many bytes, and against a scalar loop for scale.</summary>
internal sealed class ChecksumArea : IArea
{
    private const double NoSlowerThanCopying = 1.00;
    private const double NearlyAsFastAsCopying = 1.25;

    public string Name => "checksum";

    public IEnumerable<Row> Run()
    {
        foreach (int length in (int[])[64, 128, 256, 512, 1460, 4096, 65536])
        {
            var buffers = new ChecksumBuffers(length);
            yield return Compare($"sum of {length} bytes", length, buffers.Sum, "memcpy", buffers.Copy, NoSlowerThanCopying);
        }

        foreach (int length in (int[])[1460, 4096, 9000, 65536])
        {
            var buffers = new ChecksumBuffers(length);
            yield return Compare(
                $"copy-and-sum of {length} bytes", length, buffers.CopyAndSum, "memcpy", buffers.Copy, NearlyAsFastAsCopying);
        }

        foreach (int length in (int[])[20, 64, 1460, 65536])
        {
            var buffers = new ChecksumBuffers(length);
            yield return Compare($"sum of {length} bytes", length, buffers.Sum, "scalar loop", buffers.ScalarLoop, goal: null);
        }

        foreach (int length in (int[])[1460, 65536])
        {
            var buffers = new ChecksumBuffers(length);
            yield return Compare($"CRC32c of {length} bytes", length, buffers.Crc32C, "memcpy", buffers.Copy, goal: null);
        }
    }

    private static Row Compare(string work, int length, Action<int> ours, string peerName, Action<int> peer, double? goal)
    {
        Pairs pairs = Pairs.Run(new RepeatedWork(ours).SecondsPerWork, new RepeatedWork(peer).SecondsPerWork);
        return new Row(work, Figure(pairs.Ours, length), $"{peerName} {Figure(pairs.Peer, length)}", pairs.Ratio, goal);
    }

    private static string Figure(double seconds, int length) => length < 1000
        ? (seconds * 1e9).ToString("0.00 'ns'", CultureInfo.InvariantCulture)
        : (length / seconds / 1e9).ToString("0.0 'GB/s'", CultureInfo.InvariantCulture);
}
