using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using Wiretrue.Testing.Kernel.Bpf;

namespace Wiretrue.Testing.Kernel;

/// <summary>The kernel's VXLAN device between two TAP interfaces, to be asked what it puts around frames, and what it finds in others.</summary>
/// <remarks>
/// <code>
///   TrySend ───────► inner TAP ──ingress: redirect──► VXLAN device ──route, neighbour──► outer TAP ───► TryTakeOuter
///   TryTakeInner ◄── inner TAP ◄──redirect: ingress── VXLAN device ◄──socket, receive─── outer TAP ◄─── TryReceive
/// </code>
/// Each has a port and addresses of its own, so several may live in one network namespace.
/// </remarks>
public sealed class VxlanLink : IDisposable
{
    /// <summary>What is no super-frame must not be longer, or it would be fragmented.</summary>
    public const int LongestSingleFrame = 65_000;

    /// <summary>The number of the virtual network.</summary>
    public const int VirtualNetwork = 0x10_2066;

    /// <summary>The Ethernet address of the device's end.</summary>
    public const ulong LocalLink = 0x02_00_00_00_00_0A;

    /// <summary>The Ethernet address of the other end.</summary>
    public const ulong RemoteLink = 0x02_00_00_00_00_0B;

    // TUN_F_UDP_TUNNEL_GSO and TUN_F_UDP_TUNNEL_GSO_CSUM.
    private const uint TunnelOffloads = 0x80 | 0x100;

    // More links than this at one time would share addresses.
    private const int MostLinks = 60;

    private static int _count;

    private readonly TapDevice _inner;
    private readonly TapDevice _outer;
    private readonly string _device;
    private readonly TunnelKeyProgram? _program;

    private VxlanLink(TapDevice inner, TapDevice outer, VxlanSettings settings, int number)
    {
        _inner = inner;
        _outer = outer;
        Settings = settings;
        Port = (ushort)(14_000 + number);
        int place = number % MostLinks;
        Local = IPAddress.Parse(settings.IsIPv6 ? $"2001:db8:100:{place:x}::1" : $"198.51.100.{(4 * place) + 1}");
        Remote = IPAddress.Parse(settings.IsIPv6 ? $"2001:db8:100:{place:x}::2" : $"198.51.100.{(4 * place) + 2}");
        _device = $"link{number}-vx";
        SetUpUnderlay();
        MakeDevice();
        if (settings.IsGpe || settings.HasPolicy)
            _program = new TunnelKeyProgram(_inner.Name, _device, setsKey: settings.IsGpe);
        else
            NetworkInterface.Redirect(_inner.Name, _device);
        NetworkInterface.Redirect(_device, _inner.Name);
        _program?.SetKey(VirtualNetwork, Local, Remote, settings.HasChecksum, timeToLive: 64);
    }

    /// <summary>How the device was made.</summary>
    public VxlanSettings Settings { get; }

    /// <summary>The UDP destination port.</summary>
    public ushort Port { get; }

    /// <summary>The device's own address.</summary>
    public IPAddress Local { get; }

    /// <summary>The other end's address.</summary>
    public IPAddress Remote { get; }

    /// <summary>Where the outer UDP header is.</summary>
    public int UdpOffset => Settings.IsIPv6 ? 54 : 34;

    /// <summary>Makes the interfaces and the device.</summary>
    public static VxlanLink Create(VxlanSettings settings)
    {
        int number = Interlocked.Increment(ref _count);
        // With the longer header a read of a frame that is in a tunnel fails, unless the reader takes tunnels undone.
        int outerLength = settings.OuterOffloads == 0 || (settings.OuterOffloads & TunnelOffloads) != 0 ? VnetHeader.Length : VnetHeader.PlainLength;
        TapDevice? inner = null, outer = null;
        try
        {
            inner = TapDevice.Create($"link{number}-a", settings.InnerOffloads, VnetHeader.PlainLength);
            outer = TapDevice.Create($"link{number}-b", settings.OuterOffloads, outerLength);
            return new VxlanLink(inner, outer, settings, number);
        }
        catch
        {
            inner?.Dispose();
            outer?.Dispose();
            throw;
        }
    }

    /// <summary>Marks what is sent from now on: with group policy, the group (and its flags, as <c>linux/vxlan.h</c> lays them out).</summary>
    public void SetMark(uint mark) => (_program ?? throw new InvalidOperationException("no program marks packets")).SetMark(mark);

    /// <summary>Hands the device a frame to put into the tunnel; false when the kernel refuses the header.</summary>
    public bool TrySend(in VnetHeader header, ReadOnlySpan<byte> frame) => _inner.TryWrite(header, frame);

    /// <summary>Takes the next frame that the tunnel sends.</summary>
    /// <param name="isExpected">Wait for it, a second at most.</param>
    /// <param name="header">What is still owed to it.</param>
    /// <param name="frame">Stands until the next call of any kind.</param>
    public bool TryTakeOuter(bool isExpected, out VnetHeader header, out ReadOnlySpan<byte> frame)
    {
        do
        {
            if (!TryTake(_outer, isExpected, out header, out frame))
                return false;
        }
        // An interface with an address says other things as well.
        while (!IsTunnelled(frame));
        return true;
    }

    /// <summary>Hands the tunnel's end a frame from the wire; false when the kernel refuses the header.</summary>
    public bool TryReceive(in VnetHeader header, ReadOnlySpan<byte> frame) => _outer.TryWrite(header, frame);

    /// <summary>Takes the next frame that the device finds in the tunnel: with VXLAN-GPE, an IP packet without any link header.</summary>
    /// <inheritdoc cref="TryTakeOuter"/>
    public bool TryTakeInner(bool isExpected, out VnetHeader header, out ReadOnlySpan<byte> frame) =>
        TryTake(_inner, isExpected, out header, out frame);

    /// <inheritdoc/>
    public void Dispose()
    {
        _program?.Dispose();
        NetworkInterface.Ip("link", "del", _device);
        _inner.Dispose();
        _outer.Dispose();
    }

    private static bool TryTake(TapDevice tap, bool isExpected, out VnetHeader header, out ReadOnlySpan<byte> frame)
    {
        if (tap.TryTake(out header, out frame))
            return true;
        long start = Stopwatch.GetTimestamp();
        while (isExpected && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1))
        {
            Thread.Yield();
            if (tap.TryTake(out header, out frame))
                return true;
        }
        return false;
    }

    private static string AddressOf(ulong link) => string.Join(':', Enumerable.Range(0, 6).Select(i => $"{(byte)(link >> (40 - (8 * i))):x2}"));

    private bool IsTunnelled(ReadOnlySpan<byte> frame) =>
        frame.Length > UdpOffset + 16 && BinaryPrimitives.ReadUInt16BigEndian(frame[(UdpOffset + 2)..]) == Port;

    private void SetUpUnderlay()
    {
        string outer = _outer.Name;
        NetworkInterface.Ip("link", "set", outer, "address", AddressOf(LocalLink));
        NetworkInterface.BringUp(outer, "txqueuelen", "100000", "mtu", "65521");
        NetworkInterface.BringUp(_inner.Name, "txqueuelen", "100000", "mtu", "65521");
        if (Settings.IsIPv6)
            NetworkInterface.AllowIPv6(outer);
        NetworkInterface.AddAddress(outer, Local, Settings.IsIPv6 ? 64 : 30);
        NetworkInterface.Ip("neigh", "replace", $"{Remote}", "lladdr", AddressOf(RemoteLink), "dev", outer, "nud", "permanent");
    }

    private void MakeDevice()
    {
        string[] where = Settings.IsGpe
            ? ["external"]
            : ["id", $"{VirtualNetwork}", "local", $"{Local}", "remote", $"{Remote}", "dev", _outer.Name];
        NetworkInterface.Ip(["link", "add", _device, "type", "vxlan", "dstport", $"{Port}", .. where, .. Settings.Words()]);
        NetworkInterface.BringUp(_device, "mtu", "65400");
    }
}
