using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;
using Wiretrue.Testing;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Reception;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Tests.Receive;

/// <summary>
/// Random frames, right and wrong, with up to three tunnels, and every word that a device may say of them, judged by the library and by plain
/// code that takes header after header off: no kernel can be told "unnecessary" or "complete" from outside.
/// </summary>
public sealed class ReceiveReferenceTests : IDisposable
{
    private readonly Random _random = new(20261);
    private readonly PlainFrameSource _source;
    private readonly PacketPool _pool = new() { TrackOwners = false, TunnelPorts = PlainFrameOffload.Ports };

    public ReceiveReferenceTests() => _source = new PlainFrameSource(_random);

    public void Dispose() => _pool.Dispose();

    [Fact]
    public void Verdicts_and_faults_are_those_of_a_stack_that_takes_header_after_header_off()
    {
        int accepted = 0, dropped = 0, faults = 0;
        int rounds = LongRun.Times(10_000);
        for (int round = 0; round < rounds; round++)
        {
            PlainFrame frame = NextFrame();
            byte[] bytes = [.. Disturb(frame, frame.Build(frame.Payload, new SegmentPlace(0, 0, IsLast: true))), .. NextPadding()];
            PlainDeviceWord word = NextWord(frame, bytes);
            bool takesRemote = _random.Next(3) != 0;
            HashSet<ushort> zeroPorts = _random.Next(2) == 0 ? [] : [4789, 4790, 6080, 6081, 6635, 2152, 5504, 5541, 5547];
            var expected = PlainStack.Receive(bytes, word, zeroPorts.Select(port => (int)port).ToHashSet(), takesRemote);

            using Packet packet = Rent(bytes, word);
            ReceiveVerdict verdict = ReceivePath.Judge(
                packet, new ReceiveOptions { VxlanRemoteChecksum = takesRemote, ZeroChecksum6Ports = zeroPorts });
            // More headers than a layout holds are left open, which the plain code does not do.
            if (packet.Layout.Fault.Kind == FaultKind.TooDeep)
                continue;
            string message = $"round {round}: {frame}, {word}, expected {expected.Fault ?? "taken"}, found {verdict}";
            Assert.True(string.Equals(expected.Fault, Word(verdict.Reason), StringComparison.Ordinal), message);
            Assert.True(expected.Fault is null == verdict.IsAccepted, message);
            Assert.True(expected.HasFault == verdict.HasDeviceFault, message);
            accepted += verdict.IsAccepted ? 1 : 0;
            dropped += verdict.IsAccepted ? 0 : 1;
            faults += verdict.HasDeviceFault ? 1 : 0;
        }
        // All of it must have come about, and not just now and then.
        Assert.True(Math.Min(accepted, dropped) > rounds / 5, $"{accepted} accepted, {dropped} dropped");
        Assert.True(faults > rounds / 50, $"{faults} faults");
    }

    [Fact]
    public void What_was_accepted_is_accepted_again_from_the_state_that_it_was_left_in()
    {
        for (int round = 0; round < LongRun.Times(3000); round++)
        {
            PlainFrame frame = NextFrame();
            byte[] bytes = Disturb(frame, frame.Build(frame.Payload, new SegmentPlace(0, 0, IsLast: true)));
            using Packet packet = Rent(bytes, NextWord(frame, bytes));
            ReceiveVerdict first = ReceivePath.Judge(packet);
            ReceiveVerdict second = ReceivePath.Judge(packet);
            Assert.Equal(first with { HasDeviceFault = false }, second with { HasDeviceFault = false });
        }
    }

    [Fact]
    public void A_device_of_any_class_changes_nothing_about_what_is_accepted()
    {
        NetDevice[] devices = [.. Devices()];
        for (int round = 0; round < LongRun.Times(4000); round++)
        {
            PlainFrame frame = NextFrame();
            byte[] bytes = [.. Disturb(frame, frame.Build(frame.Payload, new SegmentPlace(0, 0, IsLast: true))), .. NextPadding()];
            ReceiveVerdict? first = null;
            foreach (NetDevice device in devices)
            {
                using Packet packet = Rent(bytes, default);
                ReceivePath.HandUp(packet, device);
                ReceiveVerdict verdict = ReceivePath.Judge(packet);
                first ??= verdict;
                Assert.True(first == verdict, $"round {round}, {device.Name}: {frame}, {first} and {verdict}");
            }
        }
    }

    private static IEnumerable<NetDevice> Devices() =>
        [.. new[] { "receiver-dumb", "receiver-opaque", "receiver-smart", "virtio" }.Select(name => DeviceModels.Create(name)!)];

    private static string? Word(ReceiveDropReason reason) => reason switch
    {
        ReceiveDropReason.None => null,
        ReceiveDropReason.IPHeaderInvalid => "IPv4 header",
        ReceiveDropReason.IPHeaderChecksum => "IPv4 checksum",
        ReceiveDropReason.IPTruncated => "IP length",
        ReceiveDropReason.ChecksumBeyondPacket => "owed",
        ReceiveDropReason.TcpChecksum => "TCP checksum",
        ReceiveDropReason.UdpLengthInvalid => "UDP length",
        ReceiveDropReason.UdpChecksum or ReceiveDropReason.UdpChecksumMissing => "UDP checksum",
        ReceiveDropReason.UdpLiteInvalid => "UDP-Lite header",
        ReceiveDropReason.UdpLiteChecksum => "UDP-Lite checksum",
        ReceiveDropReason.SctpChecksum => "SCTP checksum",
        ReceiveDropReason.IcmpChecksum => "ICMP checksum",
        ReceiveDropReason.IcmpV6Checksum => "ICMPv6 checksum",
        ReceiveDropReason.GreChecksum => "GRE checksum",
        ReceiveDropReason.TunnelHeaderInvalid => "remote checksum",
        _ => reason.ToString(),
    };

    private PlainFrame NextFrame()
    {
        PlainFrame frame = _source.Next(_random.Next(4) switch { 0 => 0, 1 or 2 => 1, _ => _random.Next(2, 4) });
        byte[] payload = frame.Payload.Length > 3000 ? frame.Payload[..(frame.Payload.Length % 3000)] : frame.Payload;
        bool isV6 = frame.Headers.OfType<PlainIP>().Last().Fields is IPv6Fields;
        PlainHeader transport = _random.Next(10) switch
        {
            0 => new PlainIcmp(isV6),
            1 => new PlainUdpLite(_random.Next(3) switch { 0 => 0, 1 => 8, _ => _random.Next(8, 100) }),
            2 => new PlainSctp(7),
            _ => frame.Transport,
        };
        return frame.HasRemoteChecksum
            ? frame with { Payload = payload }
            : new PlainFrame([.. frame.Headers.SkipLast(1), transport], transport is PlainSctp && payload.Length < 4 ? new byte[4] : payload);
    }

    /// <summary>Leaves the frame as it is, or gets a checksum, an address, the payload or a length wrong.</summary>
    private byte[] Disturb(PlainFrame frame, byte[] bytes)
    {
        int header = _random.Next(frame.Headers.Count);
        int at = frame.OffsetOf(header);
        switch (_random.Next(8))
        {
            case 0 when frame.Payload.Length > 0:
                bytes[_random.Next(frame.HeaderLength, bytes.Length)] ^= (byte)_random.Next(1, 256);
                break;
            case 1 or 2:
                int field = FieldOf(frame.Headers[header]);
                if (field >= 0)
                    bytes[at + field + _random.Next(2)] ^= (byte)_random.Next(1, 256);
                break;
            case 3 when frame.Headers[header] is PlainUdp:
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at + 6), 0);
                break;
            case 4 when frame.Headers[header] is PlainUdp && header == frame.Headers.Count - 1:
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at + 4), (ushort)_random.Next(8 + frame.Payload.Length + 20));
                break;
            case 5 when frame.Headers[header] is PlainIP { Fields: IPv6Fields }:
                int length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 4));
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at + 4), (ushort)(length + _random.Next(1, 20)));
                break;
            default:
                break;
        }
        return bytes;
    }

    private static int FieldOf(PlainHeader header) => header switch
    {
        PlainIP { Fields: IPv4Fields } => 10,
        PlainIP => 8 + 15,
        PlainTcp => 16,
        PlainUdp or PlainUdpLite => 6,
        PlainSctp => 8,
        PlainIcmp => 2,
        PlainGre { HasChecksum: true } => 4,
        _ => -1,
    };

    private byte[] NextPadding()
    {
        byte[] padding = new byte[_random.Next(3) == 0 ? _random.Next(1, 30) : 0];
        _random.NextBytes(padding);
        return padding;
    }

    private PlainDeviceWord NextWord(PlainFrame frame, byte[] bytes)
    {
        switch (_random.Next(6))
        {
            case 0:
                return new PlainDeviceWord(PlainSummed.Unnecessary, _random.Next(4));
            case 1 or 2:
                return new PlainDeviceWord(PlainSummed.Complete, Sum: PlainSum.Sum(bytes.AsSpan(14)), Start: 14);
            case 3:
                return new PlainDeviceWord(PlainSummed.Complete, Sum: (ushort)_random.Next(65536), Start: 14);
            case 4:
                int header = _random.Next(frame.Headers.Count);
                return new PlainDeviceWord(PlainSummed.Partial, Start: frame.OffsetOf(header));
            default:
                return default;
        }
    }

    /// <summary>Linear, or in two parts cut at random.</summary>
    private Packet Rent(byte[] bytes, PlainDeviceWord word)
    {
        int linear = _random.Next(2) == 0 ? bytes.Length : _random.Next(Math.Min(bytes.Length, 60), bytes.Length + 1);
        Packet packet = _pool.Rent(bytes.AsSpan(0, linear), default);
        if (linear < bytes.Length)
            packet.AddFragment(new Page(bytes), linear, bytes.Length - linear);
        packet.Offload = new OffloadState
        {
            Checksum = (ChecksumState)(int)word.Summed,
            ChecksumLevel = (byte)word.Level,
            CompleteSum = word.Sum,
            ChecksumStart = word.Start,
        };
        return packet;
    }
}
