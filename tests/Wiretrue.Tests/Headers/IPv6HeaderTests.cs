using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class IPv6HeaderTests
{
    [Fact]
    public void The_fields_of_a_real_header_are_where_the_RFC_says()
    {
        Assert.True(IPv6Header.TryCreate(RealBytes.TcpSynIPv6.AsSpan(14), out IPv6Header ip));
        Assert.Equal(0, ip.TrafficClass);
        Assert.Equal(0x53A39, ip.FlowLabel);
        Assert.Equal(40, ip.PayloadLength);
        Assert.Equal(IPProtocol.Tcp, ip.NextHeader);
        Assert.Equal(64, ip.HopLimit);
        Assert.Equal(1, ip.Source[^1]);
        Assert.Equal(2, ip.Destination[^1]);
    }

    [Fact]
    public void Another_version_is_refused()
    {
        byte[] bytes = [.. RealBytes.TcpSynIPv6.AsSpan(14, 40)];
        bytes[0] = 0x40;
        Assert.False(IPv6Header.TryCreate(bytes, out _));
    }

    [Fact]
    public void Options_are_read_past_padding()
    {
        byte[] header = [6, 0, 0, 0xC2, 4, 0, 1, 0x38];
        Assert.True(IPv6OptionsHeader.TryCreate([6, 1, 0, 0, 0, 1, 2, 0, 0, 0xC2, 4, 0, 1, 0x38, 0xA8, 0], out IPv6OptionsHeader options));
        Assert.True(options.TryGetJumboPayload(out uint length));
        Assert.Equal(80040u, length);
        // The same option, cut by the header's end.
        Assert.True(IPv6OptionsHeader.TryCreate(header, out IPv6OptionsHeader cut));
        Assert.False(cut.TryGetJumboPayload(out _));
    }

    [Theory]
    [InlineData(0, new byte[] { 2, 2, 2, 2 })]
    [InlineData(2, new byte[] { 2, 2, 2, 2 })]
    [InlineData(4, new byte[] { 1, 1, 1, 1 })]
    public void A_routing_header_knows_where_the_packet_ends_up(byte type, byte[] last)
    {
        byte[] bytes = [6, 4, type, 2, 0, 0, 0, 0, .. Enumerable.Repeat((byte)1, 16), .. Enumerable.Repeat((byte)2, 16)];
        Assert.True(IPv6RoutingHeader.TryCreate(bytes, out IPv6RoutingHeader routing));
        byte[] destination = new byte[16];
        Assert.True(routing.TryGetFinalDestination(new byte[16], destination));
        Assert.Equal(last, destination[..4]);
    }

    [Fact]
    public void Without_segments_left_the_packet_is_there_already()
    {
        byte[] bytes = [6, 2, 0, 0, 0, 0, 0, 0, .. Enumerable.Repeat((byte)1, 16)];
        IPv6RoutingHeader.TryCreate(bytes, out IPv6RoutingHeader routing);
        byte[] destination = new byte[16];
        Assert.True(routing.TryGetFinalDestination([.. Enumerable.Repeat((byte)9, 16)], destination));
        Assert.All(destination, b => Assert.Equal(9, b));
    }

    [Fact]
    public void An_RPL_route_takes_from_the_destination_what_it_leaves_out()
    {
        // One address of which 8 bytes are shared (CmprE), then 8 bytes of padding.
        byte[] bytes = [6, 2, 3, 1, 0x88, 0x80, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7, 0, 0, 0, 0, 0, 0, 0, 0];
        IPv6RoutingHeader.TryCreate(bytes, out IPv6RoutingHeader routing);
        byte[] destination = new byte[16];
        Assert.True(routing.TryGetFinalDestination([.. Enumerable.Repeat((byte)9, 16)], destination));
        Assert.Equal([9, 9, 9, 9, 9, 9, 9, 9, 7, 7, 7, 7, 7, 7, 7, 7], destination);
    }

    [Fact]
    public void An_unknown_routing_type_is_not_guessed_at()
    {
        byte[] bytes = [6, 0, 77, 1, 0, 0, 0, 0];
        IPv6RoutingHeader.TryCreate(bytes, out IPv6RoutingHeader routing);
        Assert.False(routing.TryGetFinalDestination(new byte[16], new byte[16]));
    }

    [Fact]
    public void Any_routing_header_is_read_without_harm()
    {
        var random = new Random(8);
        byte[] destination = new byte[16];
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = new byte[random.Next(1, 8) * 8];
            random.NextBytes(bytes);
            bytes[1] = (byte)((bytes.Length / 8) - 1);
            bytes[2] = (byte)random.Next(6);
            Assert.True(IPv6RoutingHeader.TryCreate(bytes, out IPv6RoutingHeader routing));
            routing.TryGetFinalDestination(new byte[16], destination);
        }
    }

    [Theory]
    [InlineData(0x0000, true)]
    [InlineData(0x0001, false)]
    [InlineData(0x0008, false)]
    [InlineData(0x0006, true)]
    public void A_fragment_without_offset_and_successor_is_atomic(int offsetAndFlag, bool isAtomic)
    {
        byte[] bytes = [6, 0, (byte)(offsetAndFlag >> 8), (byte)offsetAndFlag, 0, 0, 0, 9];
        Assert.True(IPv6FragmentHeader.TryCreate(bytes, out IPv6FragmentHeader header));
        Assert.Equal(isAtomic, header.IsAtomic);
        Assert.Equal(9u, header.Identification);
    }
}
