using System.Reflection;
using Wiretrue.Captures.Repair;
using Wiretrue.Packets;
using Wiretrue.Testing;
using Wiretrue.Testing.Api;

namespace Wiretrue.Captures.Tests;

/// <summary>What others may use is what docs/api says. WIRETRUE_ACCEPT=1 writes it anew.</summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Assemblies => [typeof(Packet).Assembly.GetName().Name!, typeof(CaptureRepair).Assembly.GetName().Name!];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_public_member_is_listed(string name)
    {
        string path = RepositoryRoot.Combine("docs", "api", $"{name}.txt");
        string[] lines = [.. ApiListing.Of(Assembly.Load(name))];
        if (Environment.GetEnvironmentVariable("WIRETRUE_ACCEPT") == "1")
            File.WriteAllText(path, string.Join('\n', lines) + '\n');

        Assert.True(File.Exists(path), $"{path} is missing; WIRETRUE_ACCEPT=1 writes it");
        string[] listed = File.ReadAllLines(path);
        Assert.Empty(lines.Except(listed).Select(line => $"not listed: {line}").Concat(listed.Except(lines).Select(line => $"gone: {line}")));
        Assert.Equal(listed, lines);
    }
}
