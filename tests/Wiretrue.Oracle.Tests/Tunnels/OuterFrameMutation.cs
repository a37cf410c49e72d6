using System.Buffers.Binary;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>Disturbs frames in a VXLAN tunnel at random: what a receiver has to look at is what is changed.</summary>
internal sealed class OuterFrameMutation(VxlanLink link, int seed)
{
    private const int Ethernet = 14;

    private readonly Random _random = new(seed);
    private readonly int _udp = link.UdpOffset;

    /// <summary>What was done last, in words.</summary>
    public string Last { get; private set; } = "";

    /// <summary>A frame like <paramref name="frame"/>, with one thing changed; or none.</summary>
    public byte[] Apply(byte[] frame)
    {
        byte[] mutated = [.. frame];
        Last = Change(ref mutated, _random.Next(12));
        return mutated;
    }

    private string Change(ref byte[] frame, int kind)
    {
        switch (kind)
        {
            case 0:
                FlipBit(frame.AsSpan(_udp + 8, 8));
                Repair(frame);
                return "a bit of the VXLAN header";
            case 1:
                FlipBit(frame.AsSpan(_udp + 8));
                return "a bit, and the checksum is not told";
            case 2:
                frame.AsSpan(_udp + 6, 2).Clear();
                return "no UDP checksum";
            case 3:
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(_udp + 4), (ushort)NextLength(frame.Length - _udp));
                Repair(frame);
                return "UDP length";
            case 4:
                SetNetworkLength(frame, NextLength(frame.Length - Ethernet));
                return "IP length";
            case 5 when !link.Settings.IsIPv6:
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(20), (ushort)(_random.Next(2) == 0 ? 0x2000 : _random.Next(0x2000)));
                RepairIPv4(frame);
                return "a fragment";
            case 6:
                SetCongestion(frame, _random.Next(4));
                return "outer congestion bits";
            case 7:
                frame = [.. frame, .. new byte[_random.Next(1, 40)]];
                _random.NextBytes(frame.AsSpan(^1..));
                return "padding behind";
            case 8:
                frame = frame[..Math.Min(frame.Length, _udp + _random.Next(8 + 8 + 14 + 40))];
                return "cut short";
            case 9:
                return ShortInner(ref frame);
            case 10 when !link.Settings.IsIPv6:
                frame[24 + _random.Next(2)] ^= 0x10;
                return "IPv4 header checksum";
            default:
                return "nothing";
        }
    }

    /// <summary>All lengths say that the inner frame ends early.</summary>
    private string ShortInner(ref byte[] frame)
    {
        frame = frame[..Math.Min(frame.Length, _udp + 8 + _random.Next(0, 60))];
        SetNetworkLength(frame, frame.Length - Ethernet);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(_udp + 4), (ushort)(frame.Length - _udp));
        Repair(frame);
        return "a short inner frame";
    }

    private int NextLength(int right) => _random.Next(4) switch
    {
        0 => 0,
        1 => _random.Next(0, 60),
        2 => Math.Max(0, right + _random.Next(-20, 20)),
        _ => _random.Next(0, right),
    };

    private void FlipBit(Span<byte> bytes) => bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));

    private void SetNetworkLength(byte[] frame, int length)
    {
        if (link.Settings.IsIPv6)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(18), (ushort)Math.Max(0, length - 40));
            return;
        }
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(16), (ushort)length);
        RepairIPv4(frame);
    }

    private void SetCongestion(byte[] frame, int bits)
    {
        if (link.Settings.IsIPv6)
        {
            frame[15] = (byte)((frame[15] & ~0x30) | (bits << 4));
            return;
        }
        frame[15] = (byte)((frame[15] & ~3) | bits);
        RepairIPv4(frame);
    }

    private static void RepairIPv4(byte[] frame)
    {
        frame.AsSpan(24, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(24), PlainSum.Checksum(frame.AsSpan(14, 20)));
    }

    /// <summary>Makes the UDP checksum right for the length that UDP says, where there is one.</summary>
    private void Repair(byte[] frame)
    {
        Span<byte> udp = frame.AsSpan(_udp);
        if (BinaryPrimitives.ReadUInt16BigEndian(udp[6..]) == 0)
            return;
        int length = BinaryPrimitives.ReadUInt16BigEndian(udp[4..]);
        int said = link.Settings.IsIPv6 && length == 0 ? udp.Length : length;
        int addresses = link.Settings.IsIPv6 ? 32 : 8;
        ushort sum = PlainSum.Sum([0, 17, (byte)(said >> 8), (byte)said], PlainSum.Sum(frame.AsSpan(_udp - addresses, addresses)));
        udp[6..8].Clear();
        ushort checksum = PlainSum.Checksum(udp[..Math.Min(said, udp.Length)], sum);
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], checksum == 0 ? (ushort)0xFFFF : checksum);
    }
}
