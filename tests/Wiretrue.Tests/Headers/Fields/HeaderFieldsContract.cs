using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

/// <summary>What every header's value owes: reading and writing agree, on any bytes, and neither goes past its bounds.</summary>
public abstract class HeaderFieldsContract<T>
    where T : struct, IHeaderFields<T>
{
    private const byte Untouched = 0xA5;
    private const int Rounds = 500;

    /// <summary>Legal fields, different each time.</summary>
    protected abstract T Sample(Random random);

    /// <summary>Bytes of the whole header, options included.</summary>
    protected virtual int HeaderLength(T fields) => fields.Size;

    [Fact]
    public void What_is_written_is_read_back()
    {
        var random = new Random(1);
        for (int round = 0; round < Rounds; round++)
        {
            T fields = Sample(random);
            byte[] bytes = Filled(HeaderLength(fields) + 16, Untouched);
            fields.Write(bytes);
            Assert.True(T.TryParse(bytes, out T back));
            Assert.Equal(fields, back);
            Assert.All(bytes[fields.Size..], b => Assert.Equal(Untouched, b));
        }
    }

    [Fact]
    public void Every_bit_is_written()
    {
        var random = new Random(2);
        for (int round = 0; round < Rounds; round++)
        {
            T fields = Sample(random);
            byte[] onZeros = new byte[fields.Size];
            byte[] onOnes = Filled(fields.Size, 0xFF);
            fields.Write(onZeros);
            fields.Write(onOnes);
            Assert.Equal(onZeros, onOnes);
        }
    }

    [Fact]
    public void Fewer_bytes_than_the_header_are_no_header()
    {
        T fields = Sample(new Random(3));
        byte[] bytes = new byte[HeaderLength(fields)];
        fields.Write(bytes);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.False(T.TryParse(bytes.AsSpan(0, length), out T nothing));
            Assert.Equal(default, nothing);
        }
    }

    [Fact]
    public void A_short_destination_is_the_callers_mistake_and_stays_as_it_was()
    {
        T fields = Sample(new Random(4));
        for (int length = 0; length < fields.Size; length++)
        {
            byte[] bytes = Filled(length, Untouched);
            Assert.Throws<ArgumentException>(() => fields.Write(bytes));
            Assert.All(bytes, b => Assert.Equal(Untouched, b));
        }
    }

    [Fact]
    public void Whatever_can_be_read_can_be_written_and_read_again()
    {
        var random = new Random(5);
        for (int round = 0; round < 20 * Rounds; round++)
        {
            byte[] bytes = new byte[random.Next(0, 96)];
            random.NextBytes(bytes);
            if (!T.TryParse(bytes, out T fields))
                continue;
            fields.Write(bytes);
            Assert.True(T.TryParse(bytes, out T again));
            Assert.Equal(fields, again);
        }
    }

    private static byte[] Filled(int length, byte value)
    {
        byte[] bytes = new byte[length];
        bytes.AsSpan().Fill(value);
        return bytes;
    }
}
