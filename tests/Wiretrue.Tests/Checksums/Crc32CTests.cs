using System.Runtime.InteropServices;
using System.Text;
using Wiretrue.Checksums;
using Wiretrue.Testing;

namespace Wiretrue.Tests.Checksums;

[Trait("Isa", "true")]
public class Crc32CTests
{
    private static readonly byte[] Bytes = MakeBytes();

    private delegate uint Updating(uint state, ReadOnlySpan<byte> data);

    private static readonly Dictionary<string, Updating> Paths = new(StringComparer.Ordinal)
    {
        ["library"] = (state, data) => ~Append(~state, data),
        ["table"] = Crc32CTable.Update,
        ["instruction"] = (state, data) =>
            Crc32CInstruction.Update(state, ref MemoryMarshal.GetReference(data), (nuint)data.Length),
        ["folding"] = (state, data) =>
            Crc32CFolding.Update(state, ref MemoryMarshal.GetReference(data), (nuint)data.Length),
    };

    /// <summary>The paths that this process can run; folding has no software in its place.</summary>
    public static TheoryData<string> Available => [.. Paths.Keys.Where(p => p != "folding" || Crc32CFolding.IsSupported)];

    // The vectors of RFC 3720 B.4, and the check value of every catalogue of CRCs.
    [Fact]
    public void Known_messages_have_their_known_CRC()
    {
        Assert.Equal(0xE3069283u, Crc32C.HashToUInt32(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x8A9136AAu, Crc32C.HashToUInt32(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.HashToUInt32([.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD794Eu, Crc32C.HashToUInt32([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
        Assert.Equal(0x113FDB5Cu, Crc32C.HashToUInt32([.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))]));
        Assert.Equal(0u, Crc32C.HashToUInt32([]));
    }

    [Theory]
    [MemberData(nameof(Available))]
    public void Every_length_at_every_alignment_gives_what_the_reference_gives(string path)
    {
        for (int length = 0; length <= 600; length++)
        {
            for (int alignment = 0; alignment < 16; alignment++)
            {
                ReadOnlySpan<byte> data = Bytes.AsSpan(alignment, length);
                if (Paths[path](0x12345678, data) != Crc32CReference.Update(0x12345678, data))
                    Assert.Fail($"length {length}, alignment {alignment}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Available))]
    public void Random_lengths_up_to_300_KiB_give_what_the_reference_gives(string path)
    {
        var random = new Random(14);
        for (int i = 0; i < 12; i++)
        {
            ReadOnlySpan<byte> data = Bytes.AsSpan(random.Next(64), random.Next(Bytes.Length - 64));
            Assert.Equal(Crc32CReference.Update(uint.MaxValue, data), Paths[path](uint.MaxValue, data));
        }
    }

    [Theory]
    [MemberData(nameof(Available))]
    public void No_byte_beyond_the_data_is_read(string path)
    {
        using var guarded = new GuardedBuffer(4096);
        new Random(15).NextBytes(guarded.Span);
        for (int length = 0; length <= 1024; length++)
        {
            Assert.Equal(Crc32CReference.Update(0, guarded.Span[^length..]), Paths[path](0, guarded.Span[^length..]));
            Assert.Equal(Crc32CReference.Update(0, guarded.Span[..length]), Paths[path](0, guarded.Span[..length]));
        }
    }

    [Fact]
    public void Any_split_into_blocks_gives_the_CRC_of_the_whole()
    {
        var random = new Random(16);
        for (int i = 0; i < 500; i++)
        {
            int total = random.Next(3000), at = 0;
            var crc = default(Crc32C);
            while (at < total)
            {
                int length = Math.Min(total - at, random.Next(i % 2 == 0 ? 9 : 900));
                crc.Append(Bytes.AsSpan(at, length));
                at += length;
            }
            Assert.Equal(Crc32C.HashToUInt32(Bytes.AsSpan(0, total)), crc.GetCurrentHash());
        }
    }

    [Fact]
    public void A_CRC_is_written_with_its_least_significant_byte_first()
    {
        byte[] message = Encoding.ASCII.GetBytes("123456789");
        byte[] destination = [0xA5, 0xA5, 0xA5, 0xA5, 0xA5];
        Assert.True(Crc32C.TryHash(message, destination, out int written));
        Assert.Equal(4, written);
        Assert.Equal([0x83, 0x92, 0x06, 0xE3, 0xA5], destination);
        Assert.Equal(4, Crc32C.Hash(message, destination.AsSpan(1)));
        Assert.Equal([0x83, 0x83, 0x92, 0x06, 0xE3], destination);

        var crc = default(Crc32C);
        crc.Append(message);
        Assert.True(crc.TryGetCurrentHash(destination, out written));
        Assert.Equal(4, written);
        Assert.Equal([0x83, 0x92, 0x06, 0xE3, 0xE3], destination);
    }

    [Fact]
    public void A_destination_too_short_is_refused_and_left_alone()
    {
        byte[] destination = [0xA5, 0xA5, 0xA5];
        Assert.False(Crc32C.TryHash(Bytes, destination, out int written));
        Assert.Equal(0, written);
        Assert.Throws<ArgumentException>("destination", () => Crc32C.Hash(Bytes, destination));
        Assert.Equal([0xA5, 0xA5, 0xA5], destination);
    }

    [Fact]
    public void Reading_the_CRC_leaves_it_open_and_resetting_starts_again()
    {
        var crc = default(Crc32C);
        Assert.Equal(0u, crc.GetCurrentHash());
        crc.Append("1234"u8);
        Crc32C copy = crc;
        crc.Append("56789"u8);
        Assert.Equal(0xE3069283u, crc.GetCurrentHash());
        Assert.Equal(0xE3069283u, crc.GetHashAndReset());
        Assert.Equal(0u, crc.GetCurrentHash());
        Assert.Equal(Crc32C.HashToUInt32("1234"u8), copy.GetCurrentHash());
    }

    private static uint Append(uint inverted, ReadOnlySpan<byte> data)
    {
        // A state is reached by the four bytes that lead to it: the value itself can't be given one.
        var crc = default(Crc32C);
        crc.Append(MessageOf(inverted));
        crc.Append(data);
        return crc.GetCurrentHash();
    }

    /// <summary>The four bytes whose CRC is <paramref name="crc"/>: the register run backwards from it to its start.</summary>
    private static byte[] MessageOf(uint crc)
    {
        uint state = ~crc;
        for (int bit = 0; bit < 32; bit++)
            state = (state & 0x8000_0000) != 0 ? ((state ^ Crc32CReference.Polynomial) << 1) | 1 : state << 1;
        uint message = ~state;
        return [(byte)message, (byte)(message >> 8), (byte)(message >> 16), (byte)(message >> 24)];
    }

    private static byte[] MakeBytes()
    {
        var bytes = new byte[300 * 1024];
        new Random(17).NextBytes(bytes);
        return bytes;
    }
}
