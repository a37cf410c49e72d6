using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Transmit;
using Xunit.Abstractions;

namespace Wiretrue.Tests.Segmentation;

/// <summary>Random super-frames sent to the wire by the thousand, on one pool whose books must balance after each.</summary>
internal sealed class PropertyRun : IDisposable
{
    private readonly PacketQueue _ready = new();
    private readonly NetDevice _wire = NetDevice.Wire();

    /// <summary>How many times the work of a run inside <c>./test</c> is done.</summary>
    public static int Scale { get; } = Environment.GetEnvironmentVariable("WIRETRUE_LONG") is { Length: > 0 } ? 20 : 1;

    /// <summary>Who lends the packets; it does not write down who rents each of so many.</summary>
    public PacketPool Pool { get; } = new() { TrackOwners = false, TunnelPorts = PlainFrameOffload.Ports };

    /// <summary>What is being cut, for a failure to say.</summary>
    public string Current { get; set; } = "";

    /// <summary>Does <paramref name="round"/> so many times; it returns how many frames came out. A failure says which round it was.</summary>
    public static void Repeat(int rounds, int seed, ITestOutputHelper output, Func<PropertyRun, Random, int> round)
    {
        using var run = new PropertyRun();
        var random = new Random(seed);
        long frames = 0;
        for (int i = 0; i < rounds * Scale; i++)
        {
            try
            {
                frames += round(run, random);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, round {i}: {run.Current}", e);
            }
        }
        output.WriteLine($"{rounds * Scale} super-frames, {frames} frames");
    }

    /// <summary>What the wire carries for a packet, which is given up.</summary>
    public List<byte[]> Cut(Packet packet)
    {
        DropReason reason = TransmitPath.Validate(packet, _wire, _ready);
        if (reason != DropReason.None)
            Assert.Fail($"dropped: {reason}");
        var frames = new List<byte[]>(_ready.Count);
        for (Packet? segment = _ready.First; segment is not null; segment = segment.Next)
        {
            // Nothing is owed; that fragments can't be verified one by one is a thing that is known of them.
            Assert.True(segment.Offload == default || segment.Offload == new OffloadState { Checksum = ChecksumState.Unnecessary });
            frames.Add(Cutter.Bytes(segment));
        }
        _ready.Clear();
        Assert.Equal((0, 0), (Pool.OutstandingPackets, Pool.OutstandingPages));
        return frames;
    }

    /// <summary>Fails with both as text when they differ.</summary>
    public static void AssertSame(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        if (!actual.SequenceEqual(expected))
            Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(actual));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ready.Dispose();
        Pool.Dispose();
    }
}
