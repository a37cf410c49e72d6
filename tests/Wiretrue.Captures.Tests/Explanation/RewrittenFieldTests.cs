using Wiretrue.Captures.Explanation;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Tests.Explanation;

public sealed class RewrittenFieldTests
{
    private static readonly Layer[] Layers =
    [
        new(LayerKind.Ethernet, LengthSource.Packet, 14, 0, 60),
        new(LayerKind.IPv4, LengthSource.IPv4TotalLength, 20, 14, 46),
        new(LayerKind.Sctp, LengthSource.Enclosing, 12, 34, 26),
    ];

    [Fact]
    public void Fields_that_differ_are_told_outermost_first_with_their_old_and_new_numbers()
    {
        byte[] before = new byte[60], after = new byte[60];
        (after[17], after[25], after[42], after[45]) = (0x2E, 0x77, 0x12, 0x34);
        Assert.Equal(
            [
                new RewrittenField(LayerKind.IPv4, "total length", 16, 2, 0, 0x2E),
                new RewrittenField(LayerKind.IPv4, "header checksum", 24, 2, 0, 0x77),
                new RewrittenField(LayerKind.Sctp, "checksum", 42, 4, 0, 0x12000034),
            ],
            RewrittenField.Between(before, after, Layers));
    }

    [Fact]
    public void The_same_bytes_have_no_rewritten_fields() => Assert.Empty(RewrittenField.Between(new byte[60], new byte[60], Layers));

    [Fact]
    public void Fields_beyond_what_was_captured_are_not_looked_at()
    {
        byte[] before = new byte[60], after = new byte[44];
        after[42] = 1;
        Assert.Empty(RewrittenField.Between(before, after, Layers));
    }
}
