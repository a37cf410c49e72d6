using Wiretrue.Compare;
using Wiretrue.Compare.Checksums;
using Wiretrue.Compare.Coalescing;
using Wiretrue.Compare.Repairs;
using Wiretrue.Compare.Segmentation;
using Wiretrue.Compare.Tunnels;

IArea[] areas = [new ChecksumArea(), new SegmentationArea(), new CoalescingArea(), new TunnelsArea(), new FixArea()];

bool check = args.Contains("--check");
string[] names = [.. args.Where(arg => arg != "--check")];
if (names.FirstOrDefault(name => areas.All(area => area.Name != name)) is { } unknown)
{
    Console.Error.WriteLine($"compare: no area '{unknown}'; the areas are: {string.Join(", ", areas.Select(area => area.Name))}");
    return 2;
}

var table = new Table(Console.Out);
table.Head();
foreach (IArea area in areas.Where(area => names.Length == 0 || names.Contains(area.Name)))
{
    foreach (Row row in area.Run())
        table.Add(row);
}

if (table.Misses > 0)
    Console.Error.WriteLine($"compare: {table.Misses} of the goals missed");
return check && table.Misses > 0 ? 1 : 0;
