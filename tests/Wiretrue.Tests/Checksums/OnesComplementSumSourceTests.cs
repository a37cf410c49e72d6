using Wiretrue.Testing;

namespace Wiretrue.Tests.Checksums;

public class OnesComplementSumSourceTests
{
    // The classes differ in their width alone: what was mended in one and not in the others would show here.
    [Theory]
    [InlineData("512", "64")]
    [InlineData("256", "32")]
    public void The_classes_of_all_widths_are_the_same_text(string bits, string width) =>
        Assert.Equal(Text("128", "16"), Text(bits, width));

    private static string Text(string bits, string width) =>
        File.ReadAllText(RepositoryRoot.Combine("src", "Wiretrue", "Checksums", $"OnesComplementSum{bits}.cs"))
            .Replace($"Width = {width};", "Width = W;", StringComparison.Ordinal)
            .Replace($"of {bits} bits", "of B bits", StringComparison.Ordinal)
            .Replace($"Sum{bits}", "SumB", StringComparison.Ordinal)
            .Replace($"Vector{bits}", "VectorB", StringComparison.Ordinal);
}
