using Wiretrue.Testing.Kernel;

namespace Wiretrue.Testing.Guest;

/// <summary>A network card of a guest, and the other end of its cable.</summary>
/// <remarks>
/// <code>
///   test ──write──► TAP a ──ingress: mirred──► TAP q ──► QEMU: virtio-net, eth0 of the guest
///   test ◄──read─── TAP a ◄──ingress: mirred── TAP q ◄──
/// </code>
/// A super-frame that the guest's card takes whole gets there whole. Make it inside a network namespace of the test's own.
/// </remarks>
public sealed class GuestPort : IDisposable
{
    // What each queue holds; the guest is slow, and what comes while it is full is lost.
    private const string QueueLength = "100000";

    private static int _count;

    private readonly TapDevice _tap;
    private readonly string _emulated;

    private GuestPort(TapDevice tap, string emulated, string mac, bool canOffload)
    {
        _tap = tap;
        _emulated = emulated;
        Mac = mac;
        CanOffload = canOffload;
    }

    /// <summary>The card's address.</summary>
    public string Mac { get; }

    /// <summary>The card takes checksums and super-frames undone, both ways; else the guest's kernel does all in software.</summary>
    public bool CanOffload { get; }

    /// <summary>Lays the cable.</summary>
    public static GuestPort Create(string mac, bool canOffload)
    {
        int number = Interlocked.Increment(ref _count);
        string emulated = $"guest{number}-q";
        NetworkInterface.Ip("tuntap", "add", "dev", emulated, "mode", "tap", "vnet_hdr");
        var port = new GuestPort(TapDevice.Create($"guest{number}-a", offloads: 0, VnetHeader.PlainLength), emulated, mac, canOffload);
        try
        {
            // Nothing on the way may find a frame too long: lengths are the guest's affair.
            foreach (string device in (string[])[port._tap.Name, emulated])
                NetworkInterface.BringUp(device, "mtu", "65521", "txqueuelen", QueueLength);
            NetworkInterface.Redirect(port._tap.Name, emulated);
            NetworkInterface.Redirect(emulated, port._tap.Name);
            return port;
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }

    /// <summary>The emulator's arguments for the card.</summary>
    public IEnumerable<string> Arguments(int index)
    {
        const string None = ",csum=off,gso=off,guest_csum=off,host_tso4=off,host_tso6=off,host_ecn=off,host_ufo=off"
            + ",guest_tso4=off,guest_tso6=off,guest_ecn=off,guest_ufo=off";
        return
        [
            "-netdev", $"tap,id=n{index},ifname={_emulated},script=no,downscript=no,vhost=off",
            "-device", $"virtio-net-pci,netdev=n{index},mac={Mac},romfile={(CanOffload ? "" : None)}",
        ];
    }

    /// <summary>Sends a frame to the guest; false when this kernel refuses its header.</summary>
    public bool TrySend(in VnetHeader header, ReadOnlySpan<byte> frame) => _tap.TryWrite(header, frame);

    /// <summary>A frame that the guest sent, if one came.</summary>
    public byte[]? TryReceive() => _tap.TryRead(out _);

    /// <summary>Waits for a frame, so long at the most.</summary>
    public void WaitToReceive(TimeSpan limit) => _tap.WaitToRead(limit);

    /// <inheritdoc/>
    public void Dispose()
    {
        _tap.Dispose();
        NetworkInterface.Ip("link", "del", _emulated);
    }
}
