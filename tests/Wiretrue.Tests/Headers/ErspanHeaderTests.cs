using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class ErspanHeaderTests
{
    [Fact]
    public void The_fields_of_type_II_are_where_the_draft_says()
    {
        Assert.True(ErspanHeader.TryCreate([0x11, 0x23, 0x5A, 0x45, 0, 0, 0, 1], out ErspanHeader erspan));
        Assert.Equal(1, erspan.Version);
        Assert.Equal(0x123, erspan.VlanId);
        Assert.Equal(0x245, erspan.SessionId);
        Assert.Equal(8, erspan.HeaderLength);
        Assert.Equal(0, erspan.FrameType);
    }

    /// <summary>As Linux's driver sends it: COS 5, tag in the frame, truncated, session 1023, port 0xABCDE.</summary>
    [Fact]
    public void Type_II_says_how_the_frame_was_mirrored()
    {
        Assert.True(ErspanHeader.TryCreate([0x10, 0x64, 0xBF, 0xFF, 0xFF, 0xFA, 0xBC, 0xDE], out ErspanHeader erspan));
        Assert.Equal(100, erspan.VlanId);
        Assert.Equal(5, erspan.ClassOfService);
        Assert.Equal(ErspanTagging.InFrame, erspan.Tagging);
        Assert.Equal(ErspanFrameState.Good, erspan.FrameState);
        Assert.True(erspan.IsTruncated);
        Assert.Equal(1023, erspan.SessionId);
        Assert.Equal(0xABCDE, erspan.Index);
        Assert.Equal((0u, 0, 0), (erspan.Timestamp, erspan.SecurityGroupTag, erspan.HardwareId));
        Assert.False(erspan.IsEgress || erspan.HasPlatform || erspan.IsEthernetProtocol);
    }

    [Fact]
    public void Type_III_says_when_and_by_whom()
    {
        byte[] bytes = [0x20, 0x07, 0x30, 0x09, 1, 2, 3, 4, 0xAB, 0xCD, 0x82, 0xAD, 0x0C, 0, 0, 0, 0, 0, 0, 9];
        Assert.True(ErspanHeader.TryCreate(bytes, out ErspanHeader erspan));
        Assert.Equal((7, 1, 9), (erspan.VlanId, erspan.ClassOfService, erspan.SessionId));
        Assert.Equal(ErspanFrameState.Oversized, erspan.FrameState);
        Assert.Equal(ErspanTagging.Untagged, erspan.Tagging);
        Assert.Equal(0x01020304u, erspan.Timestamp);
        Assert.Equal(0xABCD, erspan.SecurityGroupTag);
        Assert.True(erspan.IsEthernetProtocol && erspan.IsEgress && erspan.HasPlatform);
        Assert.Equal((0, 0x2A, 2), (erspan.FrameType, erspan.HardwareId, erspan.Granularity));
        Assert.Equal(0x0C00000000000009u, erspan.Platform);
        Assert.Equal(0, erspan.Index);
    }

    [Theory]
    [InlineData(0, 12)]
    [InlineData(1, 20)]
    public void Type_III_may_have_a_platform_header(byte last, int length)
    {
        byte[] bytes = [0x20, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0x08, last, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.True(ErspanHeader.TryCreate(bytes, out ErspanHeader erspan));
        Assert.Equal(2, erspan.Version);
        Assert.Equal(2, erspan.FrameType);
        Assert.Equal(length, erspan.HeaderLength);
        Assert.False(ErspanHeader.TryCreate(bytes.AsSpan(0, length - 1), out _));
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x30)]
    public void Other_versions_are_refused(byte first)
    {
        byte[] bytes = new byte[20];
        bytes[0] = first;
        Assert.False(ErspanHeader.TryCreate(bytes, out _));
    }
}
