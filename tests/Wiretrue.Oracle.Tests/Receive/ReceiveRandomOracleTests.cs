using Wiretrue.Receive;
using Wiretrue.Testing;
using Wiretrue.Testing.Kernel.Reception;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>Random frames, right and wrong: the kernel takes and drops what we take and drop, and counts them as dropped for our reasons.</summary>
[Collection(ReceivingHostCollection.Name)]
public sealed class ReceiveRandomOracleTests(ITestOutputHelper output)
{
    private const int Batch = 100;
    private const int MostDisputes = 10;

    [RootTapFact]
    public void The_kernel_takes_what_we_take()
    {
        using var host = ReceivingHost.Create();
        using var judge = new HostJudgement();
        var source = new HostFrameSource(new Random(5), host.HasUdpLite);
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var disputes = new List<string>();
        int frames = LongRun.Times(10_000);
        for (uint mark = 1; mark <= frames; mark += Batch)
        {
            HostFrame[] batch = [.. Enumerable.Range(0, Batch).Select(i => source.Next(mark + (uint)i))];
            var counts = new Dictionary<string, int>(StringComparer.Ordinal);
            var before = NetworkCounters.Read();
            foreach (HostFrame frame in batch)
            {
                ReceiveVerdict verdict = judge.Judge(frame, counts, out bool isRefused);
                Assert.True(host.Put(frame.Header, frame.Bytes) != isRefused, $"{frame.Words}: refused by {(isRefused ? "us" : "the kernel")}");
                string word = isRefused ? "refused" : verdict.Reason.ToString();
                reasons[word] = reasons.GetValueOrDefault(word) + 1;
            }
            HashSet<uint> taken = host.Collect();
            var after = NetworkCounters.Read();
            foreach (HostFrame frame in batch)
            {
                ReceiveVerdict verdict = judge.Judge(frame, null, out bool isRefused);
                if (taken.Contains(frame.Mark) != (verdict.IsAccepted && !isRefused))
                    disputes.Add($"{frame.Words}: {verdict}, {Convert.ToHexString(frame.Bytes)}");
            }
            foreach (string counter in HostJudgement.Counters)
            {
                if (after.Since(before, counter) != counts.GetValueOrDefault(counter) && disputes.Count < MostDisputes)
                    disputes.Add($"{counter}: {FirstCountedOtherwise(host, judge, batch, counter)}");
            }
        }
        Assert.True(disputes.Count == 0, string.Join('\n', disputes.Take(MostDisputes)));
        output.WriteLine(string.Join(", ", reasons.Select(reason => $"{reason.Key} {reason.Value}")));
        // Without these the frames would be too tame.
        foreach (string reason in (string[])["None", "IPHeaderChecksum", "IPTruncated", "TcpChecksum", "UdpChecksum", "UdpChecksumMissing", "IcmpChecksum"])
            Assert.True(reasons.GetValueOrDefault(reason) > frames / 1000, reason);
    }

    /// <summary>Puts the frames of a batch one by one, to name the one that the kernel counts otherwise than we do.</summary>
    private static string FirstCountedOtherwise(ReceivingHost host, HostJudgement judge, HostFrame[] batch, string counter)
    {
        foreach (HostFrame frame in batch)
        {
            var before = NetworkCounters.Read();
            host.Put(frame.Header, frame.Bytes);
            host.Collect();
            long counted = NetworkCounters.Read().Since(before, counter);
            var counts = new Dictionary<string, int>(StringComparer.Ordinal);
            ReceiveVerdict verdict = judge.Judge(frame, counts, out _);
            if (counted != counts.GetValueOrDefault(counter))
                return $"{frame.Words}, {verdict}, counted {counted} times: {Convert.ToHexString(frame.Bytes)}";
        }
        return "no frame by itself";
    }
}
