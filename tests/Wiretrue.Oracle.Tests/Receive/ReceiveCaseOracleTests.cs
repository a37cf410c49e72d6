using Wiretrue.Receive;
using Wiretrue.Testing.Kernel.Reception;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>The known cases, one by one: the kernel takes what we take, with and without a poll in between.</summary>
[Collection(ReceivingHostCollection.Name)]
public sealed class ReceiveCaseOracleTests
{
    [RootTapFact]
    public void The_kernel_takes_of_the_known_cases_what_we_take() => Compare(isPolled: false);

    [RootTapFact]
    public void It_takes_the_same_where_it_could_merge_them_first() => Compare(isPolled: true);

    [Fact]
    public void There_are_67_known_cases_and_most_rules_drop_something()
    {
        using var judge = new HostJudgement();
        HostFrame[] cases = [.. ReceiveCases.All()];
        Assert.Equal(67, cases.Length);
        int taken = cases.Count(known => judge.Judge(known, null, out bool isRefused).IsAccepted && !isRefused);
        Assert.InRange(taken, 20, 47);
    }

    private static void Compare(bool isPolled)
    {
        using var host = ReceivingHost.Create(isPolled);
        using var judge = new HostJudgement();
        var disputes = new List<string>();
        foreach (HostFrame known in ReceiveCases.All())
        {
            host.Put(known.Header, known.Bytes);
            bool isTaken = host.Collect().Contains(known.Mark);
            ReceiveVerdict verdict = judge.Judge(known, null, out bool isRefused);
            if (isTaken != (verdict.IsAccepted && !isRefused))
                disputes.Add($"{known.Words}: {(isTaken ? "taken" : "dropped")} by the kernel, {verdict}");
        }
        Assert.True(disputes.Count == 0, string.Join('\n', disputes));
    }
}
