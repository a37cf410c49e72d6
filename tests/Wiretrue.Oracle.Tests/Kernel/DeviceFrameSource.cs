using System.Buffers.Binary;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>Seeded random frames as a guest hands them to a device: super-frames or none, in a tunnel or not, their checksum owed or not.</summary>
public sealed class DeviceFrameSource(int seed)
{
    /// <summary>Bytes of a TCP header with all its options.</summary>
    private const int LongestTransport = 60;

    private readonly Random _random = new(seed);
    private readonly SuperFrameSource _superFrames = new(seed + 1_000_000);

    /// <summary>The next one; the kernel accepts all of them, and delivers them.</summary>
    public SuperFrame Next() => _random.Next(20) switch
    {
        < 4 => _superFrames.NextPartial(),
        4 => WithChecksumZero(_superFrames.NextPartial()),
        < 7 => Finished(_superFrames.NextPartial()),
        < 9 => _superFrames.Next(inTunnel: true),
        9 => Tagged(_superFrames.Next(inTunnel: true)),
        10 => WithOtherEcnBit(_superFrames.Next(inTunnel: false)),
        11 => WithoutChecksum(_superFrames.Next(inTunnel: false)),
        _ => _superFrames.Next(inTunnel: false),
    };

    private static SuperFrame Finished(SuperFrame sent) =>
        sent with { Header = sent.Header with { Flags = 0, ChecksumStart = 0, ChecksumOffset = 0 } };

    /// <summary>The bit need not agree with the flag: it is the bit that a device without ECN may not be given.</summary>
    private static SuperFrame WithOtherEcnBit(SuperFrame sent) =>
        IsTcp(sent) ? sent with { Header = sent.Header with { GsoType = (byte)(sent.Header.GsoType ^ VnetHeader.GsoEcn) } } : sent;

    /// <summary>The kernel refuses this for UDP. It counts the headers as payload then, and drops what is no super-frame after all.</summary>
    private static SuperFrame WithoutChecksum(SuperFrame sent) =>
        IsTcp(sent) && sent.Frame.Length > sent.Header.GsoSize + SuperFrameSource.LongestHeaders ? Finished(sent) : sent;

    /// <summary>The last word of the payload makes what the checksum covers sum up to all ones.</summary>
    private static SuperFrame WithChecksumZero(SuperFrame sent)
    {
        Span<byte> covered = sent.Frame.AsSpan(sent.Header.ChecksumStart);
        int word = (covered.Length - sizeof(ushort)) & ~1;
        if (word < LongestTransport)
            return sent;
        BinaryPrimitives.WriteUInt16BigEndian(covered[word..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(covered[word..], PlainSum.Checksum(covered));
        return sent with { Description = $"{sent.Description}, made for a checksum of zero" };
    }

    /// <summary>One that is in a tunnel, behind a tag, of which the source makes none.</summary>
    private SuperFrame Tagged(SuperFrame sent)
    {
        byte[] frame = [.. sent.Frame.AsSpan(0, 12), 0x81, 0x00, (byte)_random.Next(256), (byte)_random.Next(256), .. sent.Frame.AsSpan(12)];
        VnetHeader header = sent.Header with
        {
            ChecksumStart = (ushort)(sent.Header.ChecksumStart + 4),
            OuterTransportOffset = (ushort)(sent.Header.OuterTransportOffset + 4),
            InnerNetworkOffset = (ushort)(sent.Header.InnerNetworkOffset + 4),
        };
        return sent with { Header = header, Frame = frame, Description = $"{sent.Description}, 1 tag" };
    }

    private static bool IsTcp(SuperFrame sent) => (sent.Header.GsoType & 0x0F) != VnetHeader.GsoUdpL4;
}
