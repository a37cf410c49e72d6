using Wiretrue.Testing;

namespace Wiretrue.Tests.Tunnels;

/// <summary>The bytes and sums on the page on checksum offload in tunnels are those of a packet that is sent here.</summary>
public sealed class ChecksumPageTests
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "checksum-offload-in-tunnels.md"));

    [Fact]
    public void The_packet_that_owes_a_checksum_is_the_page_s() => AssertShown(ChecksumPageExample.Owed());

    [Fact]
    public void The_sums_of_a_local_checksum_offload_are_the_page_s() => AssertShown(ChecksumPageExample.Local());

    [Fact]
    public void The_bytes_of_a_remote_checksum_offload_are_the_page_s() => AssertShown(ChecksumPageExample.Remote());

    private static void AssertShown(string printed) => Assert.Contains($"```text\n{printed}```", Page, StringComparison.Ordinal);
}
