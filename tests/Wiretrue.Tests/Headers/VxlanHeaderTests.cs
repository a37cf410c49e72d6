using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class VxlanHeaderTests
{
    [Fact]
    public void The_fields_of_a_real_header_are_where_the_RFC_says()
    {
        Assert.True(VxlanHeader.TryCreate(RealBytes.VxlanTcpSyn.AsSpan(42), out VxlanHeader vxlan));
        Assert.Equal(66, vxlan.NetworkIdentifier);
        Assert.False(vxlan.HasGroupPolicy);
        Assert.False(vxlan.HasRemoteChecksum);
    }

    [Fact]
    public void Extensions_show_in_their_bits()
    {
        Assert.True(VxlanHeader.TryCreate([0x88, 0x08, 0, 5, 1, 2, 3, 0], out VxlanHeader policy));
        Assert.True(policy.HasGroupPolicy);
        Assert.Equal(0x010203, policy.NetworkIdentifier);
        Assert.True(VxlanHeader.TryCreate([0x08, 0x20, 0, 0, 1, 2, 3, 0x91], out VxlanHeader remote));
        Assert.True(remote.HasRemoteChecksum);
    }

    [Fact]
    public void The_group_policy_tells_group_learning_and_application()
    {
        Assert.True(VxlanHeader.TryCreate([0x88, 0x48, 0x12, 0x34, 1, 2, 3, 0], out VxlanHeader both));
        Assert.Equal((0x1234, true, true), (both.GroupPolicyId, both.DontLearn, both.IsPolicyApplied));
        Assert.True(VxlanHeader.TryCreate([0x88, 0x40, 0, 5, 1, 2, 3, 0], out VxlanHeader silent));
        Assert.Equal((5, true, false), (silent.GroupPolicyId, silent.DontLearn, silent.IsPolicyApplied));
    }

    /// <summary>The four words that Linux sends for an inner Ethernet frame: transport at 34 or 54, TCP's field at 16, UDP's at 6.</summary>
    [Theory]
    [InlineData(0x11, 34, 50)]
    [InlineData(0x1B, 54, 70)]
    [InlineData(0x91, 34, 40)]
    [InlineData(0x9B, 54, 60)]
    public void Remote_checksum_says_where_the_inner_checksum_is(byte last, int start, int offset)
    {
        Assert.True(VxlanHeader.TryCreate([0x08, 0x20, 0, 0, 1, 2, 3, last], out VxlanHeader header));
        Assert.Equal((start, offset), (header.RemoteChecksumStart, header.RemoteChecksumOffset));
    }

    [Fact]
    public void Without_remote_checksum_there_is_no_start()
    {
        Assert.True(VxlanHeader.TryCreate([0x08, 0, 0, 0, 1, 2, 3, 0], out VxlanHeader header));
        Assert.Equal((0, 0), (header.RemoteChecksumStart, header.RemoteChecksumOffset));
    }

    [Fact]
    public void Every_single_bit_that_nothing_uses_makes_it_something_else()
    {
        byte[] plain = [0x08, 0, 0, 0, 0, 0, 0, 0];
        List<int> accepted = [];
        for (int bit = 0; bit < 64; bit++)
        {
            byte[] bytes = [.. plain];
            bytes[bit / 8] ^= (byte)(0x80 >> (bit % 8));
            if (VxlanHeader.TryCreate(bytes, out _))
                accepted.Add(bit);
        }
        // The group policy flag, the remote checksum flag, and the 24 bits of the network identifier.
        Assert.Equal([0, 10, .. Enumerable.Range(32, 24)], accepted);
    }

    [Fact]
    public void GPE_names_what_follows_or_means_Ethernet()
    {
        Assert.True(VxlanGpeHeader.TryCreate([0x0C, 0, 0, 2, 1, 2, 3, 0], out VxlanGpeHeader gpe));
        Assert.Equal(2, gpe.NextProtocol);
        Assert.Equal(0x010203, gpe.NetworkIdentifier);
        Assert.True(VxlanGpeHeader.TryCreate([0x08, 0, 0, 2, 1, 2, 3, 0], out VxlanGpeHeader plain));
        Assert.Equal(3, plain.NextProtocol);
    }

    [Theory]
    [InlineData(new byte[] { 0x04, 0, 0, 2, 1, 2, 3, 0 })]
    [InlineData(new byte[] { 0x1C, 0, 0, 2, 1, 2, 3, 0 })]
    [InlineData(new byte[] { 0x0C, 1, 0, 2, 1, 2, 3, 0 })]
    [InlineData(new byte[] { 0x0C, 0, 0, 2, 1, 2, 3, 1 })]
    public void GPE_of_another_version_or_without_identifier_is_refused(byte[] bytes) =>
        Assert.False(VxlanGpeHeader.TryCreate(bytes, out _));
}
