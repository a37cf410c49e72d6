using Wiretrue.Devices;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Packets;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Guest;

/// <summary>Tunnel drivers that the running kernel lacks judge our segments: those of another Linux, in an emulated machine.</summary>
[Trait("Category", "Guest")]
public sealed class GuestTunnelTests(RoutingGuest guest, ITestOutputHelper output) : IClassFixture<RoutingGuest>
{
    private const ushort DatagramPort = 20000;

    private static readonly int Batch = Environment.GetEnvironmentVariable("WIRETRUE_LONG") is { Length: > 0 } ? 200 : 20;

    [GuestFact]
    public void Super_frames_through_every_tunnel_are_cut_as_its_driver_cuts_them()
    {
        using var wire = new Wire();
        var random = new Random(7);
        var source = new PlainFrameSource(random);
        var failures = new List<string>();
        for (int i = 0; i < GuestTunnel.All.Count; i++)
        {
            GuestTunnel tunnel = GuestTunnel.All[i];
            foreach (int version in tunnel.Inner)
            {
                (PlainFrame Frame, int Size)[] sent = [.. Enumerable.Range(1, Batch).Select(number => Next(source, random, i, version, number))];
                List<byte[]>?[] kernel = guest.Router.Pass([.. sent.Select(s => Parcel(s.Frame, s.Size))]);
                int made = 0;
                string?[] differences = [.. sent.Select((s, n) => Judge(wire, s.Frame, s.Size, kernel[n], i, ref made))];
                string? first = differences.FirstOrDefault(d => d is not null);
                string line = $"{tunnel}, IPv{version} inside: {Batch} super-frames, {made} of them by our tunnel as well, "
                    + $"{kernel.Sum(k => k?.Count)} segments, {first ?? "0 differences"}";
                output.WriteLine(line);
                if (first is not null)
                    failures.Add(line);
            }
        }
        Assert.Empty(failures);
    }

    [GuestFact]
    public void Super_datagrams_into_every_tunnel_are_cut_as_its_driver_cuts_them()
    {
        using var wire = new Wire();
        var random = new Random(8);
        var failures = new List<string>();
        (int Tunnel, bool IsIPv4, int Length, int Size)[] sent =
        [
            // A socket takes a super-datagram only for a device that could sum it, as tunnels say that they can; the card behind them can not.
            .. GuestTunnel.All.SelectMany((tunnel, i) => tunnel.Inner
                .Where(_ => tunnel.Outer != 0)
                .Select(version => (i, version == 4, random.Next(2000, 9000), random.Next(200, 1300)))),
        ];
        List<byte[]>[] kernel = guest.Router.SendDatagrams(
            [.. sent.Select(s => new GuestParcel(default, [], Addresses(Own(s.Tunnel, s.IsIPv4)), (s.Length + s.Size - 1) / s.Size))],
            [.. sent.Select(s => (GuestRouter.DestinationOf(s.Tunnel, s.IsIPv4), s.Length, s.Size))]);
        int frames = 0;
        for (int i = 0; i < sent.Length; i++)
        {
            (int tunnel, bool isIPv4, int length, int size) = sent[i];
            var udp = new PlainUdp(new UdpFields { SourcePort = DatagramPort, DestinationPort = DatagramPort });
            PlainFrame frame = new([.. Outer(GuestTunnel.All[tunnel], tunnel), new PlainIP(Own(tunnel, isIPv4)), udp], Frames.Payload(length));
            frames += kernel[i].Count;
            if (Difference(wire, frame, size, kernel[i], withInner: true) is { } difference)
                failures.Add($"{GuestTunnel.All[tunnel]}, IPv{(isIPv4 ? 4 : 6)} inside: {difference}");
        }
        output.WriteLine($"{sent.Length} super-datagrams, {frames} datagrams, {failures.Count} differences");
        Assert.Empty(failures);
    }

    private static IPFields Own(int tunnel, bool isIPv4) => (isIPv4 ? (IPFields)new IPv4Fields() : new IPv6Fields()) with
    {
        Source = GuestRouter.SenderOf(isIPv4),
        Destination = GuestRouter.DestinationOf(tunnel, isIPv4),
    };

    /// <summary>A super-frame for a tunnel, with a source of its own.</summary>
    private static (PlainFrame Frame, int Size) Next(PlainFrameSource source, Random random, int tunnel, int version, int number)
    {
        bool isIPv4 = version == 4;
        IPFields ip = NextInner(source, isIPv4) with
        {
            Source = System.Net.IPAddress.Parse(isIPv4 ? $"192.0.2.{number}" : $"2001:db8::1:{number:x}"),
            Destination = GuestRouter.DestinationOf(tunnel, isIPv4),
        };
        byte[] payload = source.NextPayload();
        // The guest's kernel takes nothing below eight for a segment's size.
        int size = random.Next(Math.Max(8, payload.Length / 60), 9000);
        if (payload.Length <= size)
            size = Math.Max(8, payload.Length / 2);
        if (payload.Length <= size)
            payload = new byte[size + 1];
        return (new PlainFrame([new PlainEthernet(), new PlainIP(ip), NextTcp(source)], payload), size);
    }

    internal static GuestParcel Parcel(PlainFrame frame, int size)
    {
        byte[] addresses = Addresses(((PlainIP)frame.Headers[1]).Fields);
        return new GuestParcel(Header(frame, size), frame.Build(), addresses, (frame.Payload.Length + size - 1) / size);
    }

    private static byte[] Addresses(IPFields ip) => [.. ip.Source.GetAddressBytes(), .. ip.Destination.GetAddressBytes()];

    private static string? Judge(Wire wire, PlainFrame sent, int size, List<byte[]>? kernel, int index, ref int made)
    {
        // The router takes one off.
        var ip = (PlainIP)sent.Headers[1];
        ip = ip with { Fields = ip.Fields with { HopLimit = (byte)(ip.Fields.HopLimit - 1) } };
        PlainFrame tunnelled = sent with { Headers = [.. Outer(GuestTunnel.All[index], index), ip, sent.Transport] };
        if (Difference(wire, tunnelled, size, kernel, withInner: false) is { } difference)
            return difference;
        PlainFrame learnt = LearntHeaders.From(tunnelled, kernel![0]);
        difference = GuestEnd.Difference(wire, GuestTunnel.All[index], index, learnt, size, kernel, out bool isCompared);
        made += isCompared ? 1 : 0;
        return difference;
    }

    /// <summary>The first difference, in words; null when there is none.</summary>
    private static string? Difference(Wire wire, PlainFrame frame, int size, List<byte[]>? kernel, bool withInner)
    {
        if (kernel is null or [])
            return $"{(kernel is null ? "refused by the running kernel" : "nothing comes out")} (cut by {size}: {frame})";
        PlainFrame learnt = LearntHeaders.From(frame, kernel[0], withInner);
        List<byte[]>? ours = wire.Cut(learnt.Offload(size), learnt.Build(), out DropReason reason);
        return FrameComparison.Difference(kernel, ours) is { } difference ? $"{difference} ({reason}; cut by {size}: {learnt})" : null;
    }

    private static IEnumerable<PlainHeader> Outer(GuestTunnel tunnel, int index)
    {
        yield return new PlainEthernet();
        bool isIPv4 = tunnel.Outer == 4;
        IPFields outer = isIPv4 ? new IPv4Fields() : new IPv6Fields();
        if (tunnel.Outer != 0)
            yield return new PlainIP(outer with { Source = GuestRouter.Begin(isIPv4), Destination = GuestRouter.EndOf(index, isIPv4) });
        foreach (PlainHeader header in tunnel.Headers)
        {
            yield return header switch
            {
                PlainVxlan vxlan => vxlan with { Vni = index + 1 },
                PlainGeneve geneve => geneve with { Vni = index + 1 },
                _ => header,
            };
        }
    }

    internal static PlainHeader NextTcp(PlainFrameSource source)
    {
        while (true)
        {
            if (source.NextTransport() is PlainTcp tcp)
                return tcp with { HasAccurateEcn = false };
        }
    }

    internal static IPFields NextInner(PlainFrameSource source, bool isIPv4)
    {
        while (true)
        {
            IPFields fields = source.NextIP().Fields;
            // A packet with nothing left goes nowhere.
            if (fields is IPv4Fields == isIPv4 && fields.HopLimit > 1)
                return fields;
        }
    }

    private static VnetHeader Header(PlainFrame frame, int size) => new()
    {
        Flags = VnetHeader.NeedsChecksum,
        GsoType = (byte)((frame.Headers[1] is PlainIP { Fields: IPv4Fields } ? VnetHeader.GsoTcpV4 : VnetHeader.GsoTcpV6)
            | ((((PlainTcp)frame.Transport).Fields.Flags & TcpFields.Cwr) != 0 ? VnetHeader.GsoEcn : 0)),
        HeaderLength = (ushort)frame.HeaderLength,
        GsoSize = (ushort)size,
        ChecksumStart = (ushort)frame.TransportOffset,
        ChecksumOffset = 16,
    };
}
