using System.Net;
using Wiretrue.Testing.Kernel.Bpf;

namespace Wiretrue.Testing.Kernel;

/// <summary>
/// A TAP pair between which the kernel routes, with a program on the route that puts headers before each packet: the only way there is to
/// have a kernel without tunnel drivers cut GRE with checksums.
/// </summary>
/// <remarks>
/// <code>
///   Cut ──write──► TAP a ──forwarding──► route ──bpf_lwt_push_encap──► route to the tunnel's end ──► TAP b ──read──► frames
/// </code>
/// Forwarding takes one off the packet's time to live, and pushing takes the headers' length off the size of a segment. The kernel does it for
/// TCP super-frames alone.
/// </remarks>
public sealed class ProgrammedRoute : IDisposable
{
    // Addresses and routes are the namespace's: a second route would take over the first one's packets.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    private readonly TapPair _pair;
    private readonly EncapsulationProgram _program = EncapsulationProgram.ForRoute();

    private ProgrammedRoute(TapPair pair)
    {
        _pair = pair;
        File.WriteAllText("/proc/sys/net/ipv4/ip_forward", "1");
        File.WriteAllText("/proc/sys/net/ipv6/conf/all/forwarding", "1");
        File.WriteAllText("/proc/sys/net/ipv4/conf/all/rp_filter", "0");
        File.WriteAllText($"/proc/sys/net/ipv4/conf/{pair.From}/rp_filter", "0");
        // What the frames are addressed to.
        NetworkInterface.Ip("link", "set", pair.From, "address", "02:00:00:00:00:0b");
        foreach (string device in (string[])[pair.From, pair.To])
        {
            NetworkInterface.Ip("link", "set", device, "mtu", "65521");
            NetworkInterface.AllowIPv6(device);
        }
        NetworkInterface.AddAddress(pair.To, IPAddress.Parse("203.0.113.1"), 24);
        NetworkInterface.AddAddress(pair.To, IPAddress.Parse(FromIPv6), 64);
        // Something to have the other interface receive IPv4 at all.
        NetworkInterface.Ip("addr", "add", "203.0.113.129/32", "dev", pair.From);
        foreach (IPAddress end in (IPAddress[])[EndIPv4, EndIPv6])
            NetworkInterface.Ip("neigh", "replace", end.ToString(), "lladdr", "02:00:00:00:00:0c", "dev", pair.To, "nud", "permanent");
        RouteMessage.Add(IPAddress.Parse("192.0.2.2"), pair.To, _program.Descriptor);
        RouteMessage.Add(IPAddress.Parse("2001:db8::2"), pair.To, _program.Descriptor);
    }

    /// <summary>Where tunnels over IPv4 must go to.</summary>
    public static IPAddress EndIPv4 { get; } = IPAddress.Parse("203.0.113.2");

    /// <summary>Where tunnels over IPv6 must go to.</summary>
    public static IPAddress EndIPv6 { get; } = IPAddress.Parse("2001:db8:2::2");

    /// <summary>
    /// The super-frame that the kernel must have had in hands: <paramref name="frame"/> after forwarding, wrapped, with the Ethernet addresses of
    /// <paramref name="first"/>, which it made of it.
    /// </summary>
    public static byte[] Forwarded(in Encapsulation tunnel, ReadOnlySpan<byte> frame, byte[]? first)
    {
        byte[] wrapped = tunnel.Wrap(frame);
        first?.AsSpan(0, 12).CopyTo(wrapped);
        int inner = 14 + tunnel.Headers.Length;
        // The time to live; an IPv4 header's checksum is made anew in each segment.
        wrapped[inner + (wrapped[inner] >> 4 == 4 ? 8 : 7)]--;
        return wrapped;
    }

    private static ReadOnlySpan<byte> EndAddress => [2, 0, 0, 0, 0, 0x0C];

    private const string FromIPv6 = "2001:db8:2::1";

    /// <summary>Makes the interfaces and routes; waits for another one in this process to be disposed.</summary>
    public static ProgrammedRoute Create()
    {
        OneAtATime.Wait();
        TapPair? pair = null;
        try
        {
            pair = TapPair.CreateApart("lwt");
            return new ProgrammedRoute(pair);
        }
        catch
        {
            pair?.Dispose();
            OneAtATime.Release();
            throw;
        }
    }

    /// <summary>The frames that the kernel makes of one, with <paramref name="headers"/> put before the IP packet in it.</summary>
    public List<byte[]>? Cut(ReadOnlySpan<byte> headers, in VnetHeader header, ReadOnlySpan<byte> frame)
    {
        _program.Set(headers);
        List<byte[]>? frames = _pair.Cut(header, frame);
        // Interfaces with IPv6 addresses say other things as well.
        frames?.RemoveAll(f => !f.AsSpan().StartsWith(EndAddress));
        return frames;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _program.Dispose();
        _pair.Dispose();
        OneAtATime.Release();
    }
}
