using System.Buffers.Binary;
using System.Net;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Testing.Kernel;

/// <summary>A TAP pair with the kernel's own VXLAN device on the way.</summary>
/// <remarks>
/// <code>
///   Cut ──write──► TAP a ──ingress: mirred──► VXLAN device ──route, neighbour──► TAP b ──read──► frames
/// </code>
/// Addresses are fixed; the outer source port and IPv4 identification are the kernel's to draw.
/// </remarks>
public sealed class VxlanRoute : IDisposable
{
    /// <summary>What is no super-frame must not be longer, or it would be fragmented.</summary>
    public const int LongestSingleFrame = 65_000;

    private const int VirtualNetwork = 66;

    private static readonly (string From, string To, int Prefix) IPv4 = ("198.51.100.1", "198.51.100.2", 24);
    private static readonly (string From, string To, int Prefix) IPv6 = ("2001:db8:1::1", "2001:db8:1::2", 64);

    private readonly TapPair _pair;
    private readonly string _device;
    private readonly bool _isIPv6;
    private readonly FieldChecksum _checksum;

    private readonly bool _isRemote;

    private VxlanRoute(TapPair pair, bool isIPv6, bool checksum, bool isRemote)
    {
        _pair = pair;
        _isRemote = isRemote;
        _isIPv6 = isIPv6;
        _checksum = checksum ? FieldChecksum.Partial : FieldChecksum.Zero;
        _device = $"{pair.To}-vx";
        (string from, string to, int prefix) = Ends;
        NetworkInterface.Ip("link", "set", pair.To, "mtu", "65521");
        if (isIPv6)
            NetworkInterface.AllowIPv6(pair.To);
        NetworkInterface.AddAddress(pair.To, IPAddress.Parse(from), prefix);
        NetworkInterface.Ip("neigh", "replace", to, "lladdr", "02:00:00:00:00:0b", "dev", pair.To, "nud", "permanent");
        string zero = (isIPv6, checksum) switch
        {
            (false, true) => "udpcsum",
            (false, false) => "noudpcsum",
            (true, true) => "noudp6zerocsumtx",
            (true, false) => "udp6zerocsumtx",
        };
        NetworkInterface.Ip(
            ["link", "add", _device, "type", "vxlan", "id", $"{VirtualNetwork}", "local", from, "remote", to, "dstport", "4789", "dev", pair.To,
                zero, .. isRemote ? (string[])["remcsumtx"] : []]);
        NetworkInterface.BringUp(_device, "mtu", "65400");
        NetworkInterface.Redirect(pair.From, _device);
    }

    private (string From, string To, int Prefix) Ends => _isIPv6 ? IPv6 : IPv4;

    /// <summary>Makes the devices.</summary>
    /// <param name="isIPv6">The underlay is IPv6.</param>
    /// <param name="checksum">The outer UDP header has a checksum.</param>
    /// <param name="isRemote">The inner checksum is left to the receiver (remote checksum offload).</param>
    public static VxlanRoute Create(bool isIPv6, bool checksum, bool isRemote = false)
    {
        var pair = TapPair.CreateApart("vx");
        try
        {
            return new VxlanRoute(pair, isIPv6, checksum, isRemote);
        }
        catch
        {
            pair.Dispose();
            throw;
        }
    }

    /// <summary>The frames that the kernel makes of one that it wraps first; null when it refuses the header; empty when it drops the frame.</summary>
    public List<byte[]>? Cut(in VnetHeader header, ReadOnlySpan<byte> frame)
    {
        List<byte[]>? frames = _pair.Cut(header, frame);
        // An interface with an IPv6 address says other things as well.
        frames?.RemoveAll(f => !IsVxlan(f));
        return frames;
    }

    /// <summary>
    /// The super-frame that the kernel must have had in hands: <paramref name="frame"/> in VXLAN, with what it drew taken from
    /// <paramref name="first"/>, which it made of it.
    /// </summary>
    /// <param name="header">What was owed to the frame.</param>
    /// <param name="frame">The frame that was sent.</param>
    /// <param name="first">The first frame that came out, if one did.</param>
    public byte[] Wrap(in VnetHeader header, ReadOnlySpan<byte> frame, byte[]? first)
    {
        first ??= new byte[HeaderLength];
        byte[] wrapped = Frames.Ethernet(Frames.Vxlan(OuterOf(frame, first), _checksum, frame, VirtualNetwork, SourcePortOf(first)));
        first.AsSpan(0, 12).CopyTo(wrapped);
        if (_isRemote)
        {
            // The flag, and where the receiver is to sum from in units of two bytes, with a bit for UDP (linux/vxlan.h).
            wrapped[UdpOffset + 9] = 0x20;
            wrapped[UdpOffset + 15] = (byte)((header.ChecksumStart >> 1) | (header.ChecksumOffset == 6 ? 0x80 : 0));
        }
        return wrapped;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NetworkInterface.Ip("link", "del", _device);
        _pair.Dispose();
    }

    /// <summary>Bytes before the inner frame.</summary>
    public int HeaderLength => UdpOffset + 16;

    /// <summary>Where the outer UDP header is.</summary>
    public int UdpOffset => _isIPv6 ? 54 : 34;

    private bool IsVxlan(ReadOnlySpan<byte> frame) =>
        frame.Length > HeaderLength && BinaryPrimitives.ReadUInt16BigEndian(frame[(UdpOffset + 2)..]) == 4789;

    private ushort SourcePortOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt16BigEndian(frame[UdpOffset..]);

    private IPFields OuterOf(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> first)
    {
        (string from, string to, _) = Ends;
        if (_isIPv6)
        {
            return new IPv6Fields
            {
                Source = IPAddress.Parse(from),
                Destination = IPAddress.Parse(to),
                TrafficClass = OuterTrafficClass(frame),
            };
        }
        return new IPv4Fields
        {
            Source = IPAddress.Parse(from),
            Destination = IPAddress.Parse(to),
            TrafficClass = OuterTrafficClass(frame),
            Id = BinaryPrimitives.ReadUInt16BigEndian(first[18..]),
            DontFragment = false,
        };
    }

    // The two ECN bits alone come out of the tunnelled packet, and congestion that was experienced inside is not said outside (RFC 6040 4.1).
    private static byte OuterTrafficClass(ReadOnlySpan<byte> frame)
    {
        int network = 14;
        while (frame[network - 2] is 0x81 or 0x88 && frame[network - 1] is 0x00 or 0xA8)
            network += 4;
        int trafficClass = frame[network] >> 4 == 4 ? frame[network + 1] : (frame[network] << 4 | frame[network + 1] >> 4) & 0xFF;
        int ecn = trafficClass & 3;
        return (byte)(ecn == 3 ? 2 : ecn);
    }
}
