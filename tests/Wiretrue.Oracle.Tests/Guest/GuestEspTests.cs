using System.Net;
using Wiretrue.Devices;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Packets;
using Wiretrue.Segmentation;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Guest;

/// <summary>Another Linux, in an emulated machine, cuts super-frames inside ESP; its encryption is null, so all of it is to be seen.</summary>
[Trait("Category", "Guest")]
public sealed class GuestEspTests(ITestOutputHelper output)
{
    private const int Tunnel = 8, Count = 20;
    private const uint Index = 0x100;

    [GuestFact]
    public void Super_frames_inside_are_cut_as_it_cuts_them()
    {
        using var router = GuestRouter.Start([]);
        router.Run("modprobe -a esp4 esp6 esp4_offload esp6_offload xfrm_user authenc crypto_null echainiv");
        var random = new Random(9);
        var source = new PlainFrameSource(random);
        foreach (bool isIPv4 in (bool[])[true, false])
        {
            IPAddress begin = GuestRouter.Begin(isIPv4), end = GuestRouter.EndOf(Tunnel, isIPv4);
            IPAddress destination = GuestRouter.DestinationOf(Tunnel, isIPv4);
            string any = isIPv4 ? "0.0.0.0/0" : "::/0", one = isIPv4 ? $"{destination}/32" : $"{destination}/128";
            router.Run($"""
                ip {GuestRouter.Neighbour(end, "eth1")}; ip route add {destination} via {end} dev eth1
                ip xfrm state add src {begin} dst {end} proto esp spi {Index} reqid 1 mode tunnel enc 'ecb(cipher_null)' '' auth digest_null ''
                ip xfrm policy add dir out src {any} dst {one} tmpl src {begin} dst {end} proto esp reqid 1 mode tunnel
                """);
            (PlainFrame Frame, int Size)[] sent = [.. Enumerable.Range(1, Count).Select(number => Next(source, random, isIPv4, number))];
            List<byte[]>?[] kernel = router.Pass([.. sent.Select(s => GuestTunnelTests.Parcel(s.Frame, s.Size))]);
            for (int i = 0; i < sent.Length; i++)
                Judge(sent[i].Frame, sent[i].Size, kernel[i], isIPv4);
            output.WriteLine($"IPv{(isIPv4 ? 4 : 6)}: {Count} super-frames, {kernel.Sum(k => k!.Count)} segments, 0 differences");
        }
    }

    private static (PlainFrame Frame, int Size) Next(PlainFrameSource source, Random random, bool isIPv4, int number)
    {
        IPFields ip = GuestTunnelTests.NextInner(source, isIPv4) with
        {
            Source = IPAddress.Parse(isIPv4 ? $"192.0.2.{number}" : $"2001:db8::1:{number:x}"),
            Destination = GuestRouter.DestinationOf(Tunnel, isIPv4),
        };
        byte[] payload = Frames.Payload(random.Next(3000, 20_000));
        return (new PlainFrame([new PlainEthernet(), new PlainIP(ip), GuestTunnelTests.NextTcp(source)], payload), random.Next(500, 2500));
    }

    private static void Judge(PlainFrame sent, int size, List<byte[]>? kernel, bool isIPv4)
    {
        Assert.True(kernel is { Count: > 0 }, $"nothing comes out: {sent}, cut by {size}");
        // The router takes one off.
        var ip = (PlainIP)sent.Headers[1];
        ip = ip with { Fields = ip.Fields with { HopLimit = (byte)(ip.Fields.HopLimit - 1) } };
        IPFields outer = (isIPv4 ? (IPFields)new IPv4Fields() : new IPv6Fields()) with
        {
            Source = GuestRouter.Begin(isIPv4),
            Destination = GuestRouter.EndOf(Tunnel, isIPv4),
        };
        PlainFrame inside = sent with { Headers = [new PlainEthernet(), new PlainIP(outer), new PlainEsp(Index, 0), ip, sent.Transport] };
        PlainFrame learnt = LearntHeaders.From(inside, kernel[0]);
        FrameComparison.Same(kernel, Cut(learnt, size), $"cut by {size}: {learnt}");
    }

    private static List<byte[]> Cut(PlainFrame frame, int size)
    {
        using var pool = new PacketPool();
        using var segments = new PacketQueue();
        using Packet packet = pool.Rent(frame.Build(), frame.Offload(size));
        Assert.Equal(DropReason.None, GenericSegmentation.Segment(packet, DeviceFeatures.None, segments));
        var frames = new List<byte[]>();
        while (segments.Dequeue() is { } taken)
        {
            using Packet segment = taken;
            Assert.True(EspTrailer.TryAppend(segment, blockSize: 4, checkValueLength: 0));
            byte[] bytes = new byte[segment.Length];
            segment.CopyTo(bytes);
            frames.Add(bytes);
        }
        return frames;
    }
}
