using Wiretrue.Devices;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Packets;
using Wiretrue.Testing.Kernel;
using Xunit.Sdk;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>Sends frames in our tunnel to the kernel's VXLAN device, and finds behind it what went in.</summary>
internal sealed class VxlanDelivery : IDisposable
{
    private readonly VxlanLink _link;
    private readonly VxlanTransmit _transmit;
    private readonly VxlanReceipt _receipt;
    private readonly TunnelledFrameSource _source;
    private readonly Random _random;
    private readonly string _what;
    private int _sent;
    private int _outer;
    private int _inner;
    private int _whole;

    /// <param name="settings">The device's.</param>
    /// <param name="left">What the sender leaves undone: whole super-frames are handed over with a virtio-net header that says so.</param>
    /// <param name="seed">Of the frames.</param>
    public VxlanDelivery(VxlanSettings settings, TapOffloads left, int seed)
    {
        _what = $"{settings}, {left} left undone";
        _link = VxlanLink.Create(settings);
        _transmit = new VxlanTransmit(_link, left, isPeer: true);
        _receipt = new VxlanReceipt(_link);
        _source = new TunnelledFrameSource(seed);
        _random = new Random(seed);
    }

    /// <summary>What was sent, in words.</summary>
    public override string ToString() => $"{_what}: {_sent} sent in {_outer} frames, {_inner} came out, {_whole} of them super-frames; 0 differences";

    /// <summary>Sends one more, and fails with the first difference.</summary>
    public void Next()
    {
        SuperFrame sent = _link.Settings.IsGpe ? _source.NextPlain() : _source.Next();
        SentFrame.Judge(sent, _what, _sent, Deliver);
        _sent++;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _receipt.Dispose();
        _transmit.Dispose();
        _link.Dispose();
    }

    private void Deliver(SuperFrame sent)
    {
        _receipt.Expect(sent);
        DropReason reason = _transmit.Enter(sent);
        while (reason == DropReason.None && _transmit.Inside.Dequeue() is { } packet)
            reason = _transmit.Encapsulate(packet, (ushort)_random.Next(32768, 61000), (ushort)_random.Next(65536));
        if (reason != DropReason.None)
            throw new XunitException($"dropped: {reason}");
        while (_transmit.Ready.Dequeue() is { } outer)
        {
            // One after the other: a kernel that is busy would coalesce what has come meanwhile, or have no room for it.
            Send(outer);
            TakeAll();
        }
        while (_receipt.Missing > 0 && TakeAll())
        {
        }
        _receipt.EndOfFrame();
    }

    /// <summary>Takes what there is, of which one frame may be waited for; false when there was none.</summary>
    private bool TakeAll()
    {
        int before = _inner;
        while (_link.TryTakeInner(isExpected: _inner == before, out VnetHeader header, out ReadOnlySpan<byte> frame))
        {
            _inner++;
            _whole += header.GsoSize != 0 ? 1 : 0;
            _receipt.TakeInner(header, frame);
        }
        return _inner > before;
    }

    private void Send(Packet outer)
    {
        using Packet _ = outer;
        VnetHeader header = TapTransmit.Deliver(outer);
        byte[] frame = new byte[outer.Length];
        outer.CopyTo(frame);
        if (!_link.TryReceive(header, frame))
            throw new XunitException($"the kernel refuses our frame: {header}");
        _outer++;
    }
}
