using Wiretrue.Testing.Kernel;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>Seeded random frames as a guest hands them to a device: super-frames or none, in a tunnel or not, their checksum owed or not.</summary>
public sealed class DeviceFrameSource(int seed)
{
    private readonly Random _random = new(seed);
    private readonly SuperFrameSource _superFrames = new(seed + 1_000_000);

    /// <summary>The next one; the kernel accepts all of them, and delivers them.</summary>
    public SuperFrame Next() => _random.Next(20) switch
    {
        < 5 => _superFrames.NextPartial(),
        < 7 => Finished(_superFrames.NextPartial()),
        < 10 => _superFrames.Next(inTunnel: true),
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

    private static bool IsTcp(SuperFrame sent) => (sent.Header.GsoType & 0x0F) != VnetHeader.GsoUdpL4;
}
