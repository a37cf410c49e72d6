using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class VxlanHeaderFieldsTests : HeaderFieldsContract<VxlanHeaderFields>
{
    protected override VxlanHeaderFields Sample(Random random)
    {
        var fields = new VxlanHeaderFields(random.Bits(24));
        if (random.Bit())
            fields = fields with { HasGroupPolicy = true, GroupPolicyId = random.U16(), DontLearn = random.Bit(), IsPolicyApplied = random.Bit() };
        if (random.Bit())
            fields = fields with { HasRemoteChecksum = true, RemoteChecksumStart = random.Bits(7) << 1, RemoteChecksumIsUdp = random.Bit() };
        return fields;
    }

    [Fact]
    public void What_its_flag_does_not_announce_is_not_written()
    {
        byte[] bytes = new byte[8];
        new VxlanHeaderFields(7) { GroupPolicyId = 9, DontLearn = true, RemoteChecksumStart = 34, RemoteChecksumIsUdp = true }.Write(bytes);
        Assert.Equal([8, 0, 0, 0, 0, 0, 7, 0], bytes);
    }
}
