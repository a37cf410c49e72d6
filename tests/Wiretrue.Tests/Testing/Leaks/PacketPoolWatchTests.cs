using System.Runtime.CompilerServices;
using Wiretrue.Packets;
using Wiretrue.Testing;
using Wiretrue.Testing.Leaks;

namespace Wiretrue.Tests.Testing.Leaks;

public sealed class PacketPoolWatchTests
{
    private const string LeakOnPurpose = "WIRETRUE_LEAK";

    private readonly PacketPoolWatch _watch = new();

    [Fact]
    public void A_leak_is_named_with_who_lent_the_packet_and_who_made_the_pool()
    {
        PacketPool pool = MadeByTheOwner();
        Packet packet = LentByTheCulprit(pool);
        string? report = _watch.Report();
        Assert.StartsWith("1 packets were not given back", report, StringComparison.Ordinal);
        Assert.Contains(nameof(LentByTheCulprit), report, StringComparison.Ordinal);
        Assert.Contains(nameof(MadeByTheOwner), report, StringComparison.Ordinal);
        packet.Dispose();
        Assert.Null(_watch.Report());
    }

    [Fact]
    public void A_leak_is_named_after_its_pool_was_disposed()
    {
        PacketPool pool = MadeByTheOwner();
        pool.TrackOwners = false;
        Packet packet = LentByTheCulprit(pool);
        pool.Dispose();
        _watch.Disposed(pool);
        Assert.Contains(nameof(MadeByTheOwner), _watch.Report(), StringComparison.Ordinal);
        packet.Dispose();
    }

    [Fact]
    public void A_page_that_no_packet_holds_leaks_as_well()
    {
        PacketPool pool = MadeByTheOwner();
        Page page = pool.RentPage(100);
        string? report = _watch.Report();
        Assert.StartsWith("1 pages were not given back", report, StringComparison.Ordinal);
        Assert.Contains(nameof(MadeByTheOwner), report, StringComparison.Ordinal);
        pool.Release(page);
        Assert.Null(_watch.Report());
    }

    [Fact]
    public void A_page_that_comes_back_to_another_pool_has_not_leaked()
    {
        PacketPool one = MadeByTheOwner(), other = MadeByTheOwner();
        other.Release(one.RentPage(100));
        Assert.Equal((1, -1), (one.OutstandingPages, other.OutstandingPages));
        Assert.Null(_watch.Report());
        one.Release(other.RentPage(100));
    }

    [Fact]
    public void A_pool_to_which_all_has_come_back_is_forgotten_when_it_is_disposed()
    {
        WeakReference made = MadeAndDisposed();
        GC.Collect();
        Assert.False(made.IsAlive);
    }

    /// <summary>Started by the next test as well, and then it leaks, which no ordinary test shows that it does not do.</summary>
    [Fact]
    public void A_packet_that_is_given_back_leaves_nothing_to_report()
    {
        PacketPool pool = MadeByTheOwner();
        Packet packet = LentByTheCulprit(pool);
        if (Environment.GetEnvironmentVariable(LeakOnPurpose) is { Length: > 0 })
            return;
        packet.Dispose();
        Assert.Null(_watch.Report());
    }

    [Fact]
    public void A_leak_fails_the_run_of_an_assembly_whose_tests_all_pass()
    {
        foreach (string leak in (string[])["", "1"])
        {
            ProcessRun run = ProcessRun.Run(
                "dotnet",
                ["test", typeof(PacketPoolWatchTests).Assembly.Location, "--nologo", "--filter", $"FullyQualifiedName~{nameof(A_packet_that_is_given_back_leaves_nothing_to_report)}"],
                input: null, ProcessRun.DefaultLimit, new Dictionary<string, string?>(StringComparer.Ordinal) { [LeakOnPurpose] = leak });
            Assert.False(run.TimedOut);
            Assert.Equal(leak.Length == 0, run.ExitCode == 0);
            Assert.Equal(leak.Length != 0, run.Text.Contains("Packets leaked", StringComparison.Ordinal));
            Assert.Equal(leak.Length != 0, run.Text.Contains(nameof(LentByTheCulprit), StringComparison.Ordinal));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private PacketPool MadeByTheOwner()
    {
        var pool = new PacketPool();
        _watch.Made(pool);
        return pool;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference MadeAndDisposed()
    {
        PacketPool pool = MadeByTheOwner();
        LentByTheCulprit(pool).Dispose();
        pool.Dispose();
        _watch.Disposed(pool);
        return new WeakReference(pool);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Packet LentByTheCulprit(PacketPool pool)
    {
        Packet packet = pool.Rent([1, 2, 3], default);
        // What follows the call keeps it from being a tail call, which would leave no frame.
        packet.MissingTail = 0;
        return packet;
    }
}
