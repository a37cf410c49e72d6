namespace Wiretrue.Testing;

/// <summary>
/// The shared captures: recorded by others, too large and too differently licensed to live in the repository. They are looked for in
/// the folder that <c>WIRETRUE_CORPUS</c> names, else in <c>../shared/captures</c> beside the repository.
/// </summary>
public static class Corpus
{
    private static readonly Lazy<IReadOnlyDictionary<string, ManifestRow>> Rows = new(ReadManifest);

    /// <summary>The folder, whether it exists or not.</summary>
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("WIRETRUE_CORPUS") is { Length: > 0 } named
            ? named
            : Path.GetFullPath(RepositoryRoot.Combine("..", "shared", "captures"));

    /// <summary>True when the captures are there.</summary>
    public static bool IsPresent => File.Exists(Path.Combine(Folder, "MANIFEST.tsv"));

    /// <summary>The manifest's rows by file name; throws when the corpus is absent.</summary>
    public static IReadOnlyDictionary<string, ManifestRow> Manifest => Rows.Value;

    /// <summary>Full paths of the captures that the manifest describes, in its order; empty when the corpus is absent.</summary>
    public static IEnumerable<string> Captures => IsPresent ? Manifest.Keys.Select(PathOf) : [];

    /// <summary>
    /// Full paths of the captures recorded between virtual interfaces with offloads on, by name; empty when there are none.
    /// Beside each <c>x.pcap</c> lies <c>x.vnethdr.pcap</c>, its truth.
    /// </summary>
    public static IEnumerable<string> OwnCaptures =>
        Directory.Exists(Path.Combine(Folder, "own"))
            ? Directory.EnumerateFiles(Path.Combine(Folder, "own"), "*.pcap")
                .Where(p => !p.EndsWith(".vnethdr.pcap", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            : [];

    /// <summary>The full path of a capture, by its name in the manifest or below the folder.</summary>
    public static string PathOf(string name) => Path.Combine(Folder, name);

    private static Dictionary<string, ManifestRow> ReadManifest()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, "MANIFEST.tsv"));
        string[] columns = lines[0].Split('\t');
        var rows = new Dictionary<string, ManifestRow>(StringComparer.Ordinal);
        foreach (string line in lines.Skip(1).Where(l => l.Length > 0))
        {
            var row = new ManifestRow(columns, line.Split('\t'));
            rows.Add(row.File, row);
        }
        return rows;
    }
}
