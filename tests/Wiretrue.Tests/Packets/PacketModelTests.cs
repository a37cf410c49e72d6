using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Packets;

/// <summary>Random operations on a packet, and the same on a plain list of bytes.</summary>
public sealed class PacketModelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_packet_holds_what_a_list_of_bytes_would_hold(int seed)
    {
        var random = new Random(seed);
        using var pool = new PacketPool();
        for (int round = 0; round < 300; round++)
        {
            List<byte> model = [.. Frames.Payload(random.Next(0, 200), seed + round)];
            Packet packet = pool.Rent(model.ToArray(), new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = 1000 });
            int start = 1000;
            for (int step = 0; step < 20; step++)
            {
                start += Apply(random, pool, packet, model);
                Assert.Equal(model.Count, packet.Length);
                Assert.Equal(start, packet.Offload.ChecksumStart);
                Assert.Equal(Convert.ToHexString(model.ToArray()), Convert.ToHexString(Cutter.Bytes(packet)));
                int from = random.Next(model.Count + 1);
                int length = random.Next(model.Count - from + 1);
                Assert.Equal(PlainSum.Sum(model.GetRange(from, length).ToArray()), packet.Sum(from, length));
            }
            packet.Dispose();
            Assert.Equal(0, pool.OutstandingPackets);
            Assert.Equal(0, pool.OutstandingPages);
        }
    }

    /// <summary>One operation on both; returns how far the front moved.</summary>
    private static int Apply(Random random, PacketPool pool, Packet packet, List<byte> model)
    {
        byte[] bytes = Frames.Payload(random.Next(0, 50), random.Next(1, 255));
        switch (random.Next(11))
        {
            case 0 when packet.Headroom >= bytes.Length:
                bytes.CopyTo(packet.Push(bytes.Length));
                model.InsertRange(0, bytes);
                return bytes.Length;
            case 1:
                int pulled = random.Next(packet.LinearLength + 1);
                packet.Pull(pulled);
                model.RemoveRange(0, pulled);
                return -pulled;
            case 2 when packet.IsLinear && packet.Tailroom >= bytes.Length:
                bytes.CopyTo(packet.Put(bytes.Length));
                model.AddRange(bytes);
                return 0;
            case 3 when packet.FragmentList is null:
                int kept = random.Next(model.Count + 1);
                packet.Trim(kept);
                model.RemoveRange(kept, model.Count - kept);
                return 0;
            case 4 or 5 when packet.FragmentList is null && packet.Fragments.Length < Packet.MaxFragments:
                Page page = pool.RentPage(bytes.Length + 3);
                bytes.CopyTo(page.Bytes, 3);
                packet.AddFragment(page, 3, bytes.Length);
                pool.Release(page);
                model.AddRange(bytes);
                return 0;
            case 6:
                packet.AddToFragmentList(pool.Rent(bytes, default));
                model.AddRange(bytes);
                return 0;
            case 7:
                packet.Linearize();
                Assert.True(packet.IsLinear);
                return 0;
            case 8:
                packet.ExpandHead(random.Next(100), random.Next(100));
                return 0;
            case 9 when model.Count > 0:
                // A clone writes headers, and must leave the packet as it is.
                using (Packet clone = packet.Clone())
                {
                    int count = random.Next(model.Count + 1);
                    Assert.True(clone.EnsureWritable(count, random.Next(200)));
                    clone.Linear[..count].Fill(0xA5);
                    clone.Push(clone.Headroom).Fill(0x5A);
                }
                return 0;
            case 10:
                int offset = random.Next(model.Count + 1);
                int taken = random.Next(model.Count - offset + 1);
                using (Packet slice = packet.Slice(offset, taken))
                    Assert.Equal(Convert.ToHexString(model.GetRange(offset, taken).ToArray()), Convert.ToHexString(Cutter.Bytes(slice)));
                return 0;
            default:
                return 0;
        }
    }
}
