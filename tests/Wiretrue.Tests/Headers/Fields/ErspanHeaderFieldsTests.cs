using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class ErspanHeaderFieldsTests : HeaderFieldsContract<ErspanHeaderFields>
{
    protected override ErspanHeaderFields Sample(Random random)
    {
        var common = new ErspanHeaderFields(random.Next(1, 3), (ushort)random.Bits(10))
        {
            VlanId = (ushort)random.Bits(12),
            ClassOfService = (byte)random.Bits(3),
            IsTruncated = random.Bit(),
        };
        if (common.Version == 1)
            return common with { Tagging = (ErspanTagging)random.Bits(2), Index = random.Bits(20) };
        bool hasPlatform = random.Bit();
        return common with
        {
            FrameState = (ErspanFrameState)random.Bits(2),
            Timestamp = random.U32(),
            SecurityGroupTag = random.U16(),
            IsEthernetProtocol = random.Bit(),
            FrameType = random.Bits(5),
            HardwareId = (byte)random.Bits(6),
            IsEgress = random.Bit(),
            Granularity = (byte)random.Bits(2),
            HasPlatform = hasPlatform,
            Platform = hasPlatform ? (ulong)random.NextInt64() : 0,
        };
    }

    [Fact]
    public void What_the_type_does_not_have_is_not_written()
    {
        byte[] bytes = new byte[12];
        new ErspanHeaderFields(1, 2) { Timestamp = 9, SecurityGroupTag = 9, HasPlatform = true, FrameState = ErspanFrameState.Bad }.Write(bytes);
        Assert.Equal([0x10, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0], bytes);
        new ErspanHeaderFields(2, 2) { Index = 9, Tagging = ErspanTagging.InFrame, Platform = 9 }.Write(bytes);
        Assert.Equal([0x20, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0], bytes);
    }
}
