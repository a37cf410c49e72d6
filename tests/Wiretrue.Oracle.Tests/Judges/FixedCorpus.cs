using Wiretrue.Testing;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>Every capture of the corpus, and our own samples, fixed once for all tests that judge them.</summary>
[CollectionDefinition(Name)]
public sealed class FixedCorpus : IDisposable, ICollectionFixture<FixedCorpus>
{
    /// <summary>Of the collection of tests.</summary>
    public const string Name = "fixed captures";

    private readonly TempFolder _folder = new();
    private readonly Lazy<IReadOnlyList<FixedCapture>> _captures;

    /// <summary>Nothing is done until a test asks.</summary>
    public FixedCorpus() => _captures = new(FixAll);

    /// <summary>The captures; what is no capture (the corpus holds one such file) is not among them.</summary>
    public IReadOnlyList<FixedCapture> Captures => _captures.Value;

    /// <summary>A path of the test's own.</summary>
    public string Scratch(string name) => _folder[name];

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private List<FixedCapture> FixAll()
    {
        IEnumerable<string> samples = Directory.EnumerateFiles(RepositoryRoot.Combine("samples"), "*.pcap").Order(StringComparer.Ordinal);
        string[] all = [.. Corpus.Captures.Where(p => !p.EndsWith(".snoop", StringComparison.Ordinal)), .. Corpus.OwnCaptures, .. samples];
        var fixedCaptures = new FixedCapture[all.Length];
        Parallel.For(0, all.Length, i =>
        {
            string name = Path.GetFileName(all[i]);
            string after = _folder[name];
            WiretrueCommand.Fix(all[i], after);
            fixedCaptures[i] = new FixedCapture(name, all[i], after, WiretrueCommand.Inspect(all[i]), WiretrueCommand.Inspect(after));
        });
        return [.. fixedCaptures];
    }
}
