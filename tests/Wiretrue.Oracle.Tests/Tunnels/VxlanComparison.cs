using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Packets;
using Wiretrue.Testing.Kernel;
using Xunit.Sdk;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>
/// Gives the same frames to the kernel's VXLAN device and to the library's, and compares what the reader of the underlay's TAP gets of both;
/// then takes the kernel's frames out of the tunnel again.
/// </summary>
internal sealed class VxlanComparison : IDisposable
{
    private readonly VxlanLink _link;
    private readonly VxlanTransmit _transmit;
    private readonly VxlanReceipt _receipt;
    private readonly string _what;
    private int _sent;
    private int _frames;
    private int _superFrames;
    private int _owed;

    public VxlanComparison(VxlanSettings settings)
    {
        _what = settings.ToString();
        _link = VxlanLink.Create(settings);
        _transmit = new VxlanTransmit(_link, (TapOffloads)settings.OuterOffloads, isPeer: false);
        _receipt = new VxlanReceipt(_link);
    }

    /// <summary>What was compared, in words.</summary>
    public override string ToString() =>
        $"{_what}: {_sent} sent, {_frames} frames came out, of them {_superFrames} super-frames and {_owed} with a checksum owed; 0 differences";

    /// <summary>Has frames marked from now on, where there is group policy.</summary>
    public void SetMark(uint mark)
    {
        _link.SetMark(mark);
        _transmit.SetMark(mark);
    }

    /// <summary>Fails with the first difference, and with how the frame was made.</summary>
    public void Same(SuperFrame sent)
    {
        SentFrame.Judge(sent, _what, _sent, Compare);
        _sent++;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _receipt.Dispose();
        _transmit.Dispose();
        _link.Dispose();
    }

    private void Compare(SuperFrame sent)
    {
        if (!_link.TrySend(sent.Header, sent.Frame))
            throw new XunitException("the kernel takes all that the source makes, but not this");
        if (_transmit.Enter(sent) is var refused and not DropReason.None)
            throw new XunitException($"the tunnel is given nothing: {refused}");
        _receipt.Expect(sent);
        bool isThere = _link.TryTakeOuter(isExpected: true, out VnetHeader theirs, out ReadOnlySpan<byte> frame);
        while (_transmit.Inside.Dequeue() is { } packet)
        {
            if (!isThere)
                throw new XunitException("the kernel delivers fewer frames");
            Encapsulate(packet, frame);
            while (_transmit.Ready.Dequeue() is { } ours)
            {
                using Packet _ = ours;
                if (!isThere)
                    throw new XunitException("the kernel makes fewer frames");
                if (TapComparison.Difference(theirs with { HeaderLength = 0 }, frame, ours) is { } difference)
                    throw new XunitException($"frame {_frames}: {difference}");
                Count(theirs);
                _receipt.TakeOuter(theirs, frame);
                bool isExpected = _transmit.Ready.Count + _transmit.Inside.Count > 0;
                isThere = _link.TryTakeOuter(isExpected, out theirs, out frame);
            }
        }
        if (isThere)
            throw new XunitException("the kernel makes more frames");
        _receipt.EndOfFrame();
    }

    private void Encapsulate(Packet packet, ReadOnlySpan<byte> theirs)
    {
        ushort identification = _link.Settings.IsIPv6 ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(theirs[18..]);
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(theirs[_link.UdpOffset..]);
        DropReason reason = _transmit.Encapsulate(packet, port, identification);
        if (reason != DropReason.None)
            throw new XunitException($"dropped: {reason}");
    }

    private void Count(in VnetHeader header)
    {
        _frames++;
        if (header.GsoSize != 0)
            _superFrames++;
        else if ((header.Flags & VnetHeader.NeedsChecksum) != 0)
            _owed++;
    }
}
