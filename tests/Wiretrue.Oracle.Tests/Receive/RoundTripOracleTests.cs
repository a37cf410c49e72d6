using Wiretrue.Headers;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing;
using Wiretrue.Testing.Kernel.Gro;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>
/// What is coalesced and then cut again is the same to the byte and in the same order, here and in the kernel; and it is what came, but for what
/// the kernel does not keep either.
/// </summary>
public sealed class RoundTripOracleTests(ITestOutputHelper output)
{
    private const int Network = 14, IPv4Transport = Network + 20;

    private static readonly TunnelPorts Ports = TunnelPorts.Assigned.With(GroRoute.VxlanPort, LayerKind.Vxlan);

    [RootTapFact(Gro = true)]
    public void Tcp_comes_back_as_it_came_but_for_urgent_pointers_that_nothing_points_at() =>
        Compare(300, seed: 31, Bursts.Tcp, WithoutUrgentPointer);

    [RootTapFact(Gro = true, Tool = "ethtool")]
    public void Datagrams_come_back_as_they_came_but_for_identifications_that_stay() => Compare(
        300, seed: 32, Bursts.Udp, frame => IsUdp4(frame) ? WithoutIdentification(frame) : WithoutUrgentPointer(frame),
        new CoalescerOptions { UdpForwarding = true }, route => route.Set("rx-udp-gro-forwarding", "on"));

    [RootTapFact(Gro = true, Tool = "ethtool")]
    public void Fragment_lists_come_back_as_they_came_but_for_identifications_that_stay() => Compare(
        300, seed: 33, random => random.Next(2) == 0 ? Bursts.Udp(random) : Bursts.Tcp(random), WithoutIdentification,
        new CoalescerOptions { FragmentLists = true }, route => route.Set("rx-gro-list", "on"));

    [RootTapFact(Gro = true)]
    public void Vxlan_comes_back_as_it_came_but_for_what_coalescing_does_not_compare() => CompareTunnels(34, Bursts.Vxlan, route => route.ListenForVxlan());

    [RootTapFact(Gro = true)]
    public void Gre_comes_back_as_it_came_but_for_what_coalescing_does_not_compare() => CompareTunnels(35, Bursts.Gre);

    [RootTapFact(Gro = true)]
    public void Ip_in_ip_comes_back_as_it_came_but_for_what_coalescing_does_not_compare() =>
        CompareTunnels(36, random => Bursts.IPInIP(random, random.Next(2) == 0, random.Next(2) == 0));

    // A short last frame in GRE with a checksum, and identifications that stay outside of IPv6: the kernel gives back other bytes, and we do not.
    private void CompareTunnels(int seed, Func<Random, BurstSource> sourceOf, Action<GroRoute>? prepare = null)
    {
        using var route = GroRoute.Create();
        prepare?.Invoke(route);
        using var run = new CoalescerRun();
        BurstSource source = sourceOf(new Random(seed));
        int frames = 0, changedByKernel = 0, changed = 0;
        for (int i = 0; i < LongRun.Times(200); i++)
        {
            List<byte[]> burst = source.Next();
            List<byte[]> kernel = route.Return(burst), ours = run.Return(burst);
            int lostByKernel = burst.Count - Same(burst, kernel), lost = burst.Count - Same(burst, ours);
            Assert.Equal(burst.Count, ours.Count);
            Assert.InRange(lost, 0, lostByKernel);
            Assert.Equal(Sorted(burst.Select(WithoutWhatIsNotCompared)), Sorted(ours.Select(WithoutWhatIsNotCompared)));
            if (lostByKernel == 0)
                Assert.Equal(kernel, ours);
            frames += burst.Count;
            changedByKernel += lostByKernel;
            changed += lost;
        }
        output.WriteLine($"{frames} frames, {changedByKernel} of them changed by the kernel and {changed} by us; {route.Repeats} bursts sent again");
    }

    private void Compare(
        int rounds, int seed, Func<Random, BurstSource> sourceOf, Func<byte[], byte[]> forgive, CoalescerOptions? options = null,
        Action<GroRoute>? prepare = null)
    {
        using var route = GroRoute.Create();
        prepare?.Invoke(route);
        using var run = new CoalescerRun(options);
        BurstSource source = sourceOf(new Random(seed));
        int frames = 0, changed = 0;
        for (int i = 0; i < LongRun.Times(rounds); i++)
        {
            List<byte[]> burst = source.Next();
            List<byte[]> kernel = route.Return(burst);
            Assert.Equal(kernel, run.Return(burst));
            Assert.Equal(Sorted(burst.Select(forgive)), Sorted(kernel.Select(forgive)));
            frames += burst.Count;
            changed += burst.Count - Same(burst, kernel);
        }
        output.WriteLine($"{frames} frames, {changed} of them changed as they may be; {route.Repeats} bursts sent again");
        Assert.InRange(changed, 0, frames / 5);
    }

    private static int Same(List<byte[]> came, List<byte[]> returned)
    {
        Dictionary<string, int> counts = came.CountBy(Convert.ToHexString, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return returned.Count(frame => counts.TryGetValue(Convert.ToHexString(frame), out int left) && (counts[Convert.ToHexString(frame)] = left - 1) >= 0);
    }

    private static List<string> Sorted(IEnumerable<byte[]> frames) => [.. frames.Select(Convert.ToHexString).Order(StringComparer.Ordinal)];

    private static bool IsUdp4(byte[] frame) => IsIPv4(frame) && frame[Network + 9] == 17;

    private static bool IsIPv4(byte[] frame) => frame.Length > IPv4Transport && frame[12] == 0x08 && frame[13] == 0;

    // Frames of one super-frame get identifications that count, unless TCP's type says otherwise; the header's checksum follows.
    private static byte[] WithoutIdentification(byte[] frame) => IsIPv4(frame) ? Without(frame, (Network + 4, 2), (Network + 10, 2)) : frame;

    // Of frames without URG it is not compared, and the first one's is given to all; the checksum follows.
    private static byte[] WithoutUrgentPointer(byte[] frame)
    {
        int transport = IsIPv4(frame) ? IPv4Transport : frame.Length > Network + 60 && frame[12] == 0x86 ? IPv6Transport(frame) : frame.Length;
        bool isTcp = frame.Length >= transport + 20 && (frame[transport + 13] & 0x20) == 0;
        return isTcp ? Without(frame, (transport + 16, 4)) : frame;
    }

    // The same inside of a tunnel, whose checksums follow. Nor does coalescing compare, here and in Linux, the reserved word behind GRE's
    // checksum, which RFC 2784 2.3 has senders leave 0, and a length of the outer UDP header that is not true: cutting writes the one that is.
    private static byte[] WithoutWhatIsNotCompared(byte[] frame)
    {
        var layout = default(PacketLayout);
        PacketWalk.Walk(frame, frame.Length, LinkType.Ethernet, Ports, ref layout);
        int transport = layout.InnerTransport;
        if (transport < 0 || layout[transport].Kind != LayerKind.Tcp || (frame[layout[transport].Offset + 13] & 0x20) != 0)
            return frame;
        byte[] copy = Without(frame, (layout[transport].Offset + 16, 4));
        for (int i = 0; i < transport; i++)
        {
            if (layout[i].Kind == LayerKind.Udp)
                copy.AsSpan(layout[i].Offset + 4, 4).Clear();
            else if (layout[i].Kind == LayerKind.Gre && (copy[layout[i].Offset] & 0x80) != 0)
                copy.AsSpan(layout[i].Offset + 4, 4).Clear();
        }
        return copy;
    }

    private static int IPv6Transport(byte[] frame)
    {
        int transport = Network + 40;
        for (byte next = frame[Network + 6]; next is 0 or 43 or 60 && transport + 8 <= frame.Length; transport += 8 * (frame[transport + 1] + 1))
            next = frame[transport];
        return Math.Min(transport, frame.Length);
    }

    private static byte[] Without(byte[] frame, params (int Offset, int Length)[] fields)
    {
        byte[] copy = [.. frame];
        foreach ((int offset, int length) in fields)
            copy.AsSpan(offset, length).Clear();
        return copy;
    }
}
