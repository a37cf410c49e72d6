using System.Buffers.Binary;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>Seeded random frames to be put into a tunnel: super-frames, frames whose checksum is owed, whole ones, and such as are not IP.</summary>
internal sealed class TunnelledFrameSource(int seed)
{
    // ARP, LLDP, and two that are for experiments (RFC 9542).
    private static readonly ushort[] OtherTypes = [0x0806, 0x88CC, 0x88B5, 0x88B6];

    private readonly Random _random = new(seed);
    private readonly SuperFrameSource _superFrames = new(seed + 1_000_000);

    /// <summary>The next one; the kernel accepts all of them.</summary>
    public SuperFrame Next() => _random.Next(20) switch
    {
        < 5 => _superFrames.NextPartial(),
        < 8 => Whole(_superFrames.NextPartial()),
        8 => Other(),
        9 => Padded(),
        10 => Datagram(),
        _ => _superFrames.NextToWrap(mostTags: 1, VxlanLink.LongestSingleFrame),
    };

    /// <summary>One without tags, and IP.</summary>
    public SuperFrame NextPlain()
    {
        while (true)
        {
            SuperFrame sent = Next();
            if (sent.Frame is [_, _, _, _, _, _, _, _, _, _, _, _, 0x08, 0x00, ..] or [_, _, _, _, _, _, _, _, _, _, _, _, 0x86, 0xDD, ..])
                return sent;
        }
    }

    /// <summary>One to be divided into fragments, whose identification is not the kernel's to draw.</summary>
    private SuperFrame Datagram()
    {
        while (true)
        {
            SuperFrame sent = _superFrames.NextDatagram();
            if (sent.Frame is [_, _, _, _, _, _, _, _, _, _, _, _, 0x08, 0x00, ..])
                return sent;
        }
    }

    /// <summary>With its checksum in place; by chance none, which UDP may have.</summary>
    private SuperFrame Whole(SuperFrame owed)
    {
        byte[] frame = [.. owed.Frame];
        Span<byte> covered = frame.AsSpan(owed.Header.ChecksumStart);
        bool isUdp = owed.Header.ChecksumOffset == 6;
        ushort checksum = PlainSum.Checksum(covered);
        if (checksum == 0 && isUdp)
            checksum = 0xFFFF;
        if (isUdp && _random.Next(4) == 0)
            checksum = 0;
        BinaryPrimitives.WriteUInt16BigEndian(covered[owed.Header.ChecksumOffset..], checksum);
        return new SuperFrame(default, frame, $"{owed.Description}, whole");
    }

    private SuperFrame Other()
    {
        byte[] payload = new byte[_random.Next(46, 1500)];
        _random.NextBytes(payload);
        ushort type = OtherTypes[_random.Next(OtherTypes.Length)];
        return new SuperFrame(default, Frames.Ethernet(type, payload), $"{payload.Length} bytes of type {type:X4}");
    }

    /// <summary>A short packet in a frame of the least length, with anything behind it.</summary>
    private SuperFrame Padded()
    {
        byte[] packet = Frames.Udp(
            new IPv4Fields { Id = (ushort)_random.Next(65536) }, new UdpFields { DestinationPort = 20_000 }, Frames.Payload(_random.Next(10)));
        byte[] frame = new byte[60];
        _random.NextBytes(frame);
        Frames.Ethernet(packet).CopyTo(frame, 0);
        return new SuperFrame(default, frame, $"UDP of {packet.Length} bytes, padded");
    }
}
