using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Tests.Output;

public sealed class WordsTests
{
    [Fact]
    public void Reasons_are_words_of_their_own()
    {
        LeftReason[] reasons = Enum.GetValues<LeftReason>();
        Assert.Equal(reasons.Length, reasons.Select(ReasonWords.Json).Distinct().Count());
        Assert.All(reasons, reason => Assert.Matches("^[a-z][A-Za-z0-9]*$", ReasonWords.Json(reason)));
        Assert.All(reasons, reason => Assert.Matches("^[a-z][a-z0-9 ]*$", ReasonWords.Plain(reason)));
    }

    [Theory]
    [InlineData(LeftReason.Bad, "bad")]
    [InlineData(LeftReason.Rewritten, "rewritten")]
    [InlineData(LeftReason.Snapped, "snapped")]
    [InlineData(LeftReason.Unverifiable, "unverifiable")]
    public void The_reasons_in_reports_stay_as_they_are(LeftReason reason, string word) => Assert.Equal(word, ReasonWords.Json(reason));

    [Fact]
    public void Every_reason_is_explained_in_the_documents()
    {
        string text = File.ReadAllText(Testing.RepositoryRoot.Combine("docs", "fix.md"));
        foreach (LeftReason reason in Enum.GetValues<LeftReason>().Where(each => each != LeftReason.None))
        {
            Assert.Contains($"\n| {ReasonWords.Plain(reason)} | ", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Formats_and_compressions_have_their_common_names()
    {
        Assert.Equal(["pcap", "pcapng"], Enum.GetValues<CaptureFormat>().Select(FormatWords.Of));
        Assert.Equal(["none", "gzip", "zstd"], Enum.GetValues<CaptureCompression>().Select(FormatWords.Of));
    }
}
