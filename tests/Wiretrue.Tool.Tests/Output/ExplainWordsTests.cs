using Wiretrue.Captures.Inference;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Tests.Output;

/// <summary>Everything that can be said has words, and no two things have the same.</summary>
public sealed class ExplainWordsTests
{
    [Fact]
    public void Every_header_has_a_word_of_its_own_and_one_for_json()
    {
        LayerKind[] kinds = Enum.GetValues<LayerKind>();
        Assert.Equal(kinds.Length, kinds.Select(LayerWords.Of).Distinct().Count());
        Assert.All(kinds, kind => Assert.Matches("^[a-z0-9-]+$", LayerWords.Json(kind)));
        Assert.All(kinds, kind => Assert.True(LayerWords.Of(kind).Length <= 15, $"{kind} does not fit the column"));
    }

    [Fact]
    public void Every_link_type_has_words_and_an_unknown_one_its_number()
    {
        Assert.All(Enum.GetValues<LinkType>(), type => Assert.DoesNotContain("link type", LayerWords.Of(type), StringComparison.Ordinal));
        Assert.Equal("link type 127", LayerWords.Of((LinkType)127));
    }

    [Fact]
    public void Every_reason_to_leave_a_packet_has_words()
    {
        LeftReason[] reasons = Enum.GetValues<LeftReason>();
        Assert.Equal(reasons.Length, reasons.Select(InferenceWords.Of).Distinct().Count());
    }

    [Fact]
    public void Every_source_of_a_size_has_words()
    {
        SegmentSizeSource[] sources = [.. Enum.GetValues<SegmentSizeSource>().Where(source => source != SegmentSizeSource.None)];
        Assert.Equal(sources.Length, sources.Select(InferenceWords.Of).Distinct().Count());
    }

    [Fact]
    public void Every_bit_of_a_gso_type_has_words()
    {
        GsoType[] bits = [.. Enum.GetValues<GsoType>().Where(type => uint.IsPow2((uint)type))];
        Assert.Equal(bits.Length, bits.Select(GsoWords.Of).Where(words => words.Length > 0).Distinct().Count());
        Assert.All(bits, bit => Assert.Single(GsoWords.Json(bit)));
    }

    [Fact]
    public void Several_bits_are_said_one_after_the_other() =>
        Assert.Equal("TCP over IPv6, in GRE with a checksum", GsoWords.Of(GsoType.GreChecksum | GsoType.TcpV6));

    [Theory]
    [InlineData(FaultKind.Snapped, "TCP at byte 34: 20 bytes needed, 7 captured")]
    [InlineData(FaultKind.TooShort, "TCP at byte 34: 20 bytes needed, and the lengths leave 7")]
    [InlineData(FaultKind.TooLong, "TCP at byte 34: says 20 bytes, and there are 7")]
    [InlineData(FaultKind.TooDeep, "TCP at byte 34: more headers than are followed")]
    [InlineData(FaultKind.Malformed, "TCP at byte 34: no header of this kind")]
    public void A_fault_says_where_and_how_much(FaultKind kind, string expected) =>
        Assert.Equal(expected, FaultWords.Of(new PacketFault(kind, LayerKind.Tcp, HeaderField.None, LengthSource.Packet, 34, 20, 7)));
}
