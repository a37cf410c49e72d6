using System.Buffers.Binary;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Tunnels;

public sealed class LocalChecksumSumTests
{
    /// <summary>Linux's helper assumes an even distance between the outer header and the inner one (lco_csum); any will do here.</summary>
    [Fact]
    public void The_sum_is_the_one_that_will_be_there_over_odd_distances_too()
    {
        var random = new Random(11);
        using var pool = new PacketPool();
        int odd = 0;
        for (int round = 0; round < 5000; round++)
        {
            byte[] bytes = new byte[random.Next(60, 300)];
            random.NextBytes(bytes);
            int start = random.Next(0, 40), owed = random.Next(start, 41), offset = 2 * random.Next(0, 9);
            odd += (owed - start) & 1;
            using Packet packet = pool.Rent(
                bytes, new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = owed, ChecksumOffset = (ushort)offset });
            ushort promised = LocalChecksumOffload.Sum(packet, start);

            ushort checksum = PlainSum.Checksum(bytes.AsSpan(owed));
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(owed + offset), checksum);
            Assert.Equal(PlainSum.Sum(bytes.AsSpan(start)) % 0xFFFF, promised % 0xFFFF);
        }
        Assert.InRange(odd, 1000, 4000);
    }
}
