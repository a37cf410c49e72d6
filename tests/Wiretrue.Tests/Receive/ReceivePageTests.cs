using System.Net;
using Wiretrue.Packets;
using Wiretrue.Receive;
using Wiretrue.Testing;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Receive;

/// <summary>The packet, the numbers and the story of docs/receive-checksums.md are those of a real packet.</summary>
public sealed class ReceivePageTests
{
    private const int OuterUdp = 34;
    private const int InnerUdp = 84;
    private const int End = 100;

    private static readonly string _page = File.ReadAllText(RepositoryRoot.Combine("docs", "receive-checksums.md"));

    private static readonly IPv4Fields _outer = new() { Source = IPAddress.Parse("198.51.100.1"), Destination = IPAddress.Parse("198.51.100.2") };
    private static readonly IPv4Fields _inner = new();

    private static readonly byte[] _frame =
    [
        .. Frames.Ethernet(Frames.Vxlan(
            _outer, FieldChecksum.Good, Frames.Ethernet(Frames.Udp(_inner, new UdpFields(), "wiretrue"u8)))),
        0xDE, 0xAD, 0xBE,
    ];

    [Fact]
    public void The_bytes_are_those_of_the_page()
    {
        IEnumerable<string> lines = _frame.Chunk(16).Select(
            (bytes, row) => $"{row * 16,4}  {string.Join(' ', bytes.Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)))}");
        Assert.Contains($"<!-- frame -->\n```text\n{string.Join('\n', lines)}\n```", _page, StringComparison.Ordinal);
        Assert.Equal(103, _frame.Length);
    }

    [Fact]
    public void Each_number_of_the_arithmetic_comes_out()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(_frame, Received.Summed(_frame));
        AssertRow("as the device gives it, bytes 14 to 102", packet.Offload.CompleteSum);
        packet.Trim(End);
        AssertRow($"the padding goes (de ad be sums up to {PlainSum.Sum(_frame.AsSpan(End)):X4})", packet.Offload.CompleteSum);
        packet.Pull(OuterUdp);
        AssertRow("the outer IPv4 header goes (FFFF, as its checksum is right)", packet.Offload.CompleteSum);
        ushort outer = _outer.PseudoSum(17, End - OuterUdp);
        AssertRow($"and the pseudo-header, {outer:X4}, is added: the outer checksum is right", Add(packet.Offload.CompleteSum, outer));
        AssertSaid($"sum(UDP header .. end) = ~{outer:X4} = {packet.Offload.CompleteSum:X4}");
        packet.Pull(InnerUdp - OuterUdp);
        ushort headers = PlainSum.Sum(_frame.AsSpan(OuterUdp, InnerUdp - OuterUdp));
        AssertRow($"bytes 34 to 83 go: UDP, VXLAN, Ethernet, IPv4 ({headers:X4})", packet.Offload.CompleteSum);
        ushort inner = _inner.PseudoSum(17, End - InnerUdp);
        AssertRow($"and the inner pseudo-header, {inner:X4}, is added: the inner checksum is right", Add(packet.Offload.CompleteSum, inner));
        AssertSaid($"sums up to {outer:X4}, the inner one (192.0.2.1, 192.0.2.2, 17, 16) to {inner:X4}");

        byte[] remote = _frame[..End];
        remote[InnerUdp + 6] = (byte)(inner >> 8);
        remote[InnerUdp + 7] = (byte)inner;
        ushort left = PlainSum.Sum(remote.AsSpan(InnerUdp));
        AssertSaid($"field, it is {left:X4}, and the field becomes its complement, {(ushort)~left:X4}");
        AssertSaid($"changes by {(ushort)~left:X4} − {inner:X4}");
    }

    [Fact]
    public void The_story_is_what_an_observer_hears()
    {
        string[] lines = Received.Lines(_frame, new OffloadState { Checksum = ChecksumState.Unnecessary });
        Assert.Contains($"<!-- story -->\n```text\n{string.Join('\n', lines)}\n```", _page, StringComparison.Ordinal);
    }

    private static ushort Add(ushort a, ushort b) => PlainSum.Sum([(byte)(a >> 8), (byte)a], b);

    private static void AssertRow(string what, ushort sum) => AssertSaid($"| {what} | {sum:X4} |");

    private static void AssertSaid(string text) => Assert.Contains(text, _page, StringComparison.Ordinal);
}
