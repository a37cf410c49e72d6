using System.Diagnostics;
using System.Text;
using Wiretrue.Packets;

namespace Wiretrue.Testing.Leaks;

/// <summary>Remembers each pool that is made, and by whom, until all that it lent has come back.</summary>
/// <remarks>
/// Its pools track who rents, also those of a release build, unless a test switches that off where it counts allocations or sends
/// packets by the hundred thousand: such a pool's leak is counted, and named by where the pool was made.
/// </remarks>
public sealed class PacketPoolWatch : IPacketPoolWatch
{
    private const int FramesShown = 8;

    private static readonly string[] OwnPlaces = [$"{typeof(PacketPoolWatch).FullName}.", $"{typeof(PacketPool).FullName}."];

    private readonly Lock _lock = new();
    private readonly Dictionary<PacketPool, StackTrace> _pools = new(ReferenceEqualityComparer.Instance);

    /// <summary>Starts to be told of every pool that any thread makes.</summary>
    public void Install() => PacketPool.Watch = this;

    /// <summary>Ends what <see cref="Install"/> began.</summary>
    public static void Uninstall() => PacketPool.Watch = null;

    /// <inheritdoc/>
    public void Made(PacketPool pool)
    {
        pool.TrackOwners = true;
        var place = new StackTrace(fNeedFileInfo: false);
        lock (_lock)
            _pools.Add(pool, place);
    }

    /// <inheritdoc/>
    public void Disposed(PacketPool pool)
    {
        if (pool.OutstandingPackets != 0 || pool.OutstandingPages != 0)
            return;
        lock (_lock)
            _pools.Remove(pool);
    }

    /// <summary>
    /// All packets and pages that were lent and did not come back, in words; null when there are none. To be called when nobody works with
    /// any of the pools any more.
    /// </summary>
    public string? Report()
    {
        lock (_lock)
        {
            var text = new StringBuilder();
            foreach ((PacketPool pool, StackTrace place) in _pools.Where(made => made.Key.OutstandingPackets != 0))
                text.Append(pool.DescribeOutstanding()).Append(Place(place));
            // A page may come back to another pool than the one that lent it, so only all pools together come to zero.
            int pages = _pools.Keys.Sum(pool => pool.OutstandingPages);
            if (text.Length == 0 && pages != 0)
            {
                text.Append($"{pages} pages were not given back to any pool.");
                foreach ((PacketPool pool, StackTrace place) in _pools.Where(made => made.Key.OutstandingPages != 0))
                    text.Append($"\n{pool.OutstandingPages} of these").Append(Place(place));
            }
            return text.Length == 0 ? null : text.ToString();
        }
    }

    private static string Place(StackTrace made) => "\nThe pool was made" + string.Concat(made.ToString()
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .SkipWhile(line => OwnPlaces.Any(own => line.Contains(own, StringComparison.Ordinal)))
        .Take(FramesShown)
        .Select(line => $"\n{line}")) + "\n";
}
