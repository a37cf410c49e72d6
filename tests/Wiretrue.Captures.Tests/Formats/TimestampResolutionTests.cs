using System.Numerics;
using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Tests.Formats;

public sealed class TimestampResolutionTests
{
    [Theory]
    [InlineData(6, 1_700_000_000_123_456, 1_700_000_000, 123_456_000)]
    [InlineData(9, 1_700_000_000_123_456_789, 1_700_000_000, 123_456_789)]
    [InlineData(0, 1_700_000_000, 1_700_000_000, 0)]
    [InlineData(3, 1_700_000_000_999, 1_700_000_000, 999_000_000)]
    [InlineData(0x80, 1_700_000_000, 1_700_000_000, 0)]
    [InlineData(0x81, 3, 1, 500_000_000)]
    [InlineData(0x94, 1 << 19, 0, 500_000_000)]
    public void A_timestamp_splits_into_seconds_and_nanoseconds(byte encoded, ulong timestamp, ulong seconds, uint nanoseconds)
        => Assert.Equal((seconds, nanoseconds), new TimestampResolution(encoded).Split(timestamp));

    [Fact]
    public void Every_resolution_splits_as_arithmetic_without_limits_does()
    {
        Random random = new(11);
        for (int encoded = 0; encoded < 256; encoded++)
        {
            TimestampResolution resolution = new((byte)encoded);
            BigInteger perSecond = BigInteger.Pow(resolution.IsBinary ? 2 : 10, resolution.Exponent);
            ulong chance = (ulong)random.NextInt64();
            foreach (ulong timestamp in (ulong[])[0, 1, ulong.MaxValue, ulong.MaxValue - 1, chance, chance * 2])
            {
                BigInteger nanoseconds = timestamp * new BigInteger(1_000_000_000) / perSecond;
                Assert.Equal(
                    ((ulong)(nanoseconds / 1_000_000_000), (uint)(nanoseconds % 1_000_000_000)), resolution.Split(timestamp));
            }
        }
    }

    [Fact]
    public void Finer_than_microseconds_is_what_microseconds_can_not_tell()
    {
        for (int encoded = 0; encoded < 256; encoded++)
        {
            TimestampResolution resolution = new((byte)encoded);
            BigInteger perSecond = BigInteger.Pow(resolution.IsBinary ? 2 : 10, resolution.Exponent);
            Assert.Equal(BigInteger.Remainder(1_000_000, perSecond) != 0, resolution.IsFinerThanMicroseconds);
        }
    }
}
