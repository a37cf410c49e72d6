using Wiretrue.Checksums;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tunnels;
using static Wiretrue.Tunnels.EcnCodepoint;

namespace Wiretrue.Tests.Tunnels;

public sealed class CongestionNotificationTests
{
    public static TheoryData<EcnCodepoint, EcnCodepoint, EcnCodepoint, EcnCodepoint> Shown => new()
    {
        { NotCapable, NotCapable, NotCapable, NotCapable },
        { Capable1, Capable1, Capable1, NotCapable },
        { Capable0, Capable0, Capable0, NotCapable },
        { CongestionExperienced, Capable0, CongestionExperienced, NotCapable },
    };

    /// <summary>RFC 6040 figure 4, but for its note on ECT(1) over CE, which Linux does not take; inner, outer, verdict, and what goes on.</summary>
    public static TheoryData<EcnCodepoint, EcnCodepoint, EcnVerdict, EcnCodepoint> Figure => new()
    {
        { NotCapable, NotCapable, EcnVerdict.Accepted, NotCapable },
        { NotCapable, Capable0, EcnVerdict.Suspicious, NotCapable },
        { NotCapable, Capable1, EcnVerdict.Suspicious, NotCapable },
        { NotCapable, CongestionExperienced, EcnVerdict.Dropped, NotCapable },
        { Capable0, NotCapable, EcnVerdict.Accepted, Capable0 },
        { Capable0, Capable0, EcnVerdict.Accepted, Capable0 },
        { Capable0, Capable1, EcnVerdict.Accepted, Capable1 },
        { Capable0, CongestionExperienced, EcnVerdict.Accepted, CongestionExperienced },
        { Capable1, NotCapable, EcnVerdict.Accepted, Capable1 },
        { Capable1, Capable0, EcnVerdict.Accepted, Capable1 },
        { Capable1, Capable1, EcnVerdict.Accepted, Capable1 },
        { Capable1, CongestionExperienced, EcnVerdict.Accepted, CongestionExperienced },
        { CongestionExperienced, NotCapable, EcnVerdict.Accepted, CongestionExperienced },
        { CongestionExperienced, Capable0, EcnVerdict.Accepted, CongestionExperienced },
        { CongestionExperienced, Capable1, EcnVerdict.Accepted, CongestionExperienced },
        { CongestionExperienced, CongestionExperienced, EcnVerdict.Accepted, CongestionExperienced },
    };

    [Theory]
    [MemberData(nameof(Shown))]
    public void Going_in_the_mode_decides_what_is_shown(EcnCodepoint inner, EcnCodepoint full, EcnCodepoint normal, EcnCodepoint compatible)
    {
        foreach (int dscp in (int[])[0, 46, 63])
        {
            for (int outer = 0; outer < 4; outer++)
            {
                Assert.Equal(dscp << 2 | (int)full, Enter(dscp, outer, inner, EcnMode.FullFunctionality));
                Assert.Equal(dscp << 2 | (int)normal, Enter(dscp, outer, inner, EcnMode.Normal));
                Assert.Equal(dscp << 2 | (int)compatible, Enter(dscp, outer, inner, EcnMode.Compatibility));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Figure))]
    public void Coming_out_the_table_of_the_RFC_holds(EcnCodepoint inner, EcnCodepoint outer, EcnVerdict verdict, EcnCodepoint result)
    {
        Assert.Equal(verdict, CongestionNotification.Decapsulate((byte)(0xB8 | (int)outer), (byte)(0x20 | (int)inner), out byte typeOfService));
        Assert.Equal(0x20 | (int)result, typeOfService);
    }

    [Fact]
    public void What_goes_in_by_the_normal_mode_and_comes_out_is_as_it_was()
    {
        for (int inner = 0; inner < 256; inner++)
        {
            foreach (EcnMode mode in Enum.GetValues<EcnMode>())
            {
                byte outer = CongestionNotification.Encapsulate(0xFC, (byte)inner, mode);
                Assert.Equal(EcnVerdict.Accepted, CongestionNotification.Decapsulate(outer, (byte)inner, out byte result));
                Assert.Equal(inner, result);
            }
        }
    }

    [Fact]
    public void An_IPv4_headers_checksum_stays_right()
    {
        for (int value = 0; value < 256; value++)
        {
            byte[] packet = new IPv4Fields { TrafficClass = (byte)(value * 7), Id = (ushort)(value * 911) }.Wrap(17, []);
            CongestionNotification.Set(packet, isIPv4: true, (byte)value);
            Assert.Equal(value, packet[1]);
            Assert.Equal(0x45, packet[0]);
            Assert.True(InternetChecksum.Verify(packet.AsSpan(0, 20)));
        }
    }

    [Fact]
    public void An_IPv6_header_changes_in_its_traffic_class_alone()
    {
        for (int value = 0; value < 256; value++)
        {
            byte[] packet = new IPv6Fields { TrafficClass = (byte)(value * 7), FlowLabel = 0xABCDE }.Wrap(17, []);
            byte[] expected = new IPv6Fields { TrafficClass = (byte)value, FlowLabel = 0xABCDE }.Wrap(17, []);
            CongestionNotification.Set(packet, isIPv4: false, (byte)value);
            Assert.Equal(expected, packet);
        }
    }

    private static int Enter(int dscp, int outer, EcnCodepoint inner, EcnMode mode) =>
        CongestionNotification.Encapsulate((byte)((dscp << 2) | outer), (byte)(0x80 | (int)inner), mode);
}
