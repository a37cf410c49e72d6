using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Reception;

namespace Wiretrue.Tests.Testing;

/// <summary>The judge must see what it judges.</summary>
public sealed class PlainReassemblyTests
{
    private static readonly byte[] Content = Frames.Payload(100);

    public static TheoryData<bool> Versions => [false, true];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Fragments_are_joined_to_the_packet_they_were_made_of(bool isIPv6)
    {
        byte[] packet = PlainReassembly.Join([Fragment(isIPv6, 0, 40, true), Fragment(isIPv6, 40, 48, true), Fragment(isIPv6, 88, 12, false)]);
        Assert.Equal((isIPv6 ? new IPv6Fields() : (IPFields)new IPv4Fields { Id = 9, DontFragment = false }).Wrap(17, Content), packet);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_gap_an_overlap_and_a_stranger_are_refused(bool isIPv6)
    {
        byte[] first = Fragment(isIPv6, 0, 40, true), last = Fragment(isIPv6, 40, 60, false);
        Assert.NotEmpty(PlainReassembly.Join([first, last]));
        foreach (byte[] other in (byte[][])
            [Fragment(isIPv6, 48, 52, false), Fragment(isIPv6, 32, 68, false), Fragment(isIPv6, 40, 60, false, id: 10), Fragment(isIPv6, 40, 40, true)])
        {
            Assert.Throws<InvalidDataException>(() => PlainReassembly.Join([first, other]));
        }
        Assert.Throws<InvalidDataException>(() => PlainReassembly.Join([last]));
        Assert.Throws<InvalidDataException>(() => PlainReassembly.Join([Fragment(isIPv6, 0, 41, true), Fragment(isIPv6, 41, 59, false)]));
    }

    private static byte[] Fragment(bool isIPv6, int offset, int length, bool hasMore, byte id = 9)
    {
        ReadOnlySpan<byte> content = Content.AsSpan(offset, length);
        return Frames.Ethernet(isIPv6
            ? new IPv6Fields { Extensions = [(44, [0, 0, (byte)(offset >> 8), (byte)((offset & 0xF8) | (hasMore ? 1 : 0)), 0, 0, 0, id])] }.Wrap(17, content)
            : new IPv4Fields { Id = id, DontFragment = false, FragmentOffset = (ushort)(offset / 8), MoreFragments = hasMore }.Wrap(17, content));
    }
}
