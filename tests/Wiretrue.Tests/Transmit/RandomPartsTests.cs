using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tests.Segmentation;
using Xunit.Abstractions;

namespace Wiretrue.Tests.Transmit;

/// <summary>
/// Random packets, in one piece and in parts, to every model of a device: the same bytes leave, and the same is still owed to them.
/// </summary>
public sealed class RandomPartsTests(ITestOutputHelper output)
{
    private static readonly NetDevice[] Devices = [new("piece", DeviceFeatures.None, 1500), .. DeviceModels.CreateAll()];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void A_packet_in_parts_leaves_as_it_does_in_one_piece(int tunnels, int seed)
    {
        using var pool = new PacketPool { TrackOwners = false };
        var random = new Random(seed);
        var source = new PlainFrameSource(random);
        int same = 0, cut = 0;
        for (int i = 0; i < 300 * PropertyRun.Scale; i++)
        {
            PlainFrame made = source.Next(tunnels);
            byte[] frame = made.Build();
            OffloadState state = NextState(random, made, source.NextSize(made));
            foreach (NetDevice device in Devices)
            {
                List<(OffloadState State, byte[] Bytes)> expected = SplitPacket.Leaving(pool.Rent(frame, state), device, out DropReason reason);
                foreach (Func<Packet> rent in Layouts(pool, random, made, frame, state))
                {
                    Packet packet = rent();
                    // Who can take the super-frame and not the list is given it cut, instead of in one piece (netif_needs_gso).
                    bool isCut = packet.FragmentList is not null && (device.Features & DeviceFeatures.FragmentList) == 0
                        && expected.Exists(left => left.State.IsGso);
                    List<(OffloadState State, byte[] Bytes)> left = SplitPacket.Leaving(packet, device, out DropReason other);
                    if (isCut)
                        cut++;
                    else
                        AssertSame(expected, left, $"seed {seed}, round {i}, {device.Name}, {state}: {reason} in one piece, {other} in parts");
                    same += isCut ? 0 : 1;
                    Assert.Equal((0, 0), (pool.OutstandingPackets, pool.OutstandingPages));
                }
            }
        }
        output.WriteLine($"{same} packets in parts left as those in one piece; {cut} had to be cut for their lists");
    }

    /// <summary>In 2, 5 and 17 fragments or packets of a list, the headers split as well; and at random.</summary>
    private static IEnumerable<Func<Packet>> Layouts(PacketPool pool, Random random, PlainFrame made, byte[] frame, OffloadState state)
    {
        foreach (int parts in (int[])[2, 5, 17])
        {
            int linear = random.Next(1, frame.Length - (2 * parts));
            yield return () => SplitPacket.InFragments(pool, frame, state, linear, parts);
            yield return () => SplitPacket.InList(pool, frame, state, linear, parts);
        }
        yield return () => ScatteredPacket.Rent(pool, random, frame, made.HeaderLength, state);
    }

    private static OffloadState NextState(Random random, PlainFrame made, int size)
    {
        OffloadState state = made.Offload(size);
        state = random.Next(8) switch
        {
            0 => default,
            1 or 2 => new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = state.ChecksumStart, ChecksumOffset = state.ChecksumOffset },
            3 => state with { GsoType = state.GsoType | GsoType.Dodgy },
            _ => state,
        };
        return random.Next(3) == 0
            ? state with { VlanProtocol = random.Next(2) == 0 ? (ushort)0x8100 : (ushort)0x88A8, VlanTci = (ushort)random.Next(65536) }
            : state;
    }

    private static void AssertSame(List<(OffloadState State, byte[] Bytes)> expected, List<(OffloadState State, byte[] Bytes)> left, string what)
    {
        if (expected.Count != left.Count)
            Assert.Fail($"{expected.Count} frames in one piece, {left.Count} in parts; {what}");
        for (int i = 0; i < expected.Count; i++)
        {
            if (expected[i].State != left[i].State || !expected[i].Bytes.AsSpan().SequenceEqual(left[i].Bytes))
            {
                Assert.Fail($"frame {i} of {left.Count}; {what}\n{expected[i].State} {Convert.ToHexString(expected[i].Bytes)}\n"
                    + $"{left[i].State} {Convert.ToHexString(left[i].Bytes)}");
            }
        }
    }
}
