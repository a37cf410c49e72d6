using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Headers;

public sealed class EspHeaderTests
{
    private static readonly byte[] Bytes = [0xC0, 0x00, 0x12, 0x34, 0xFF, 0xFF, 0xFF, 0xFE];

    [Fact]
    public void Its_two_numbers_are_read()
    {
        Assert.True(EspHeader.TryCreate(Bytes, out EspHeader header));
        Assert.Equal(0xC0001234U, header.SecurityParametersIndex);
        Assert.Equal(0xFFFFFFFEU, header.Sequence);
    }

    [Fact]
    public void A_sequence_number_is_written_where_it_is_read()
    {
        byte[] bytes = [.. Bytes, 0xA5];
        EspHeader.SetSequence(bytes, 7);
        Assert.True(EspHeader.TryCreate(bytes, out EspHeader header));
        Assert.Equal(7U, header.Sequence);
        Assert.Equal([.. Bytes[..4], 0, 0, 0, 7, 0xA5], bytes);
    }

    [Fact]
    public void Fewer_bytes_are_no_header()
    {
        for (int length = 0; length < EspHeader.Size; length++)
            Assert.False(EspHeader.TryCreate(Bytes.AsSpan(0, length), out _));
    }

    [Fact]
    public void A_walk_ends_at_it_as_it_is_encrypted()
    {
        byte[] packet = new IPv4Fields().Wrap(50, [.. Bytes, .. new byte[40]]);
        var layout = default(PacketLayout);
        PacketWalk.Walk(packet, packet.Length, LinkType.Raw, ref layout);
        Assert.Equal([LayerKind.IPv4, LayerKind.Payload], new[] { layout[0].Kind, layout[1].Kind });
        Assert.Equal(2, layout.Count);
    }
}
