using Wiretrue.Packets;
using Wiretrue.Receive;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Receive;

public sealed class LayerChecksumsTests
{
    private const int OuterUdp = 14 + 20;
    private const int InnerFrame = OuterUdp + 8 + 8;
    private const int InnerTcp = InnerFrame + 14 + 20;

    private static readonly IPv4Fields _outer = new() { Source = new([198, 51, 100, 1]), Destination = new([198, 51, 100, 2]) };
    private static readonly IPv4Fields _inner = new();

    [Theory]
    [InlineData(FieldChecksum.Good, true)]
    [InlineData(FieldChecksum.Bad, false)]
    [InlineData(FieldChecksum.Partial, false)]
    public void Without_a_word_of_the_device_the_bytes_decide(FieldChecksum field, bool isGood)
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Plain(field), default);
        var layers = LayerChecksums.Of(packet);
        Assert.True(layers.IsNeeded(OuterUdp));
        Assert.Equal(isGood, layers.Validate(packet, OuterUdp, packet.Length, Pseudo(_inner, packet.Length - OuterUdp)));
        Assert.False(layers.HasDeviceFault);
    }

    [Theory]
    [InlineData(FieldChecksum.Good, true)]
    [InlineData(FieldChecksum.Bad, false)]
    public void Addresses_before_the_layer_can_be_summed_with_it(FieldChecksum field, bool isGood)
    {
        foreach ((IPFields ip, int addresses) in ((IPFields, int)[])[(_inner, 8), (new IPv6Fields(), 32)])
        {
            using var pool = new PacketPool();
            using Packet packet = pool.Rent(
                Frames.Ethernet(Frames.Tcp(ip, new TcpFields { Checksum = field }, Frames.Payload(777))), default);
            var layers = LayerChecksums.Of(packet);
            int start = 14 + ip.HeaderLength;
            Assert.Equal(isGood, layers.Validate(packet, start, packet.Length, addresses, (ushort)(6 + packet.Length - start)));
        }
    }

    [Fact]
    public void A_payload_is_summed_once_for_both_checksums()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Tunnelled(FieldChecksum.Good, FieldChecksum.Good), default);
        var layers = LayerChecksums.Of(packet);
        Assert.True(ValidateOuter(ref layers, packet));
        // Whoever read it again would find it wrong.
        packet.Linear[^1] ^= 0xFF;
        Assert.True(ValidateInner(ref layers, packet));
        Assert.Equal(1, layers.Whole(packet.Offload).ChecksumLevel);
    }

    [Fact]
    public void A_bad_inner_checksum_is_found_without_a_second_look_at_the_payload()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Tunnelled(FieldChecksum.Good, FieldChecksum.Bad), default);
        var layers = LayerChecksums.Of(packet);
        Assert.True(ValidateOuter(ref layers, packet));
        Assert.False(ValidateInner(ref layers, packet));
        OffloadState whole = layers.Whole(packet.Offload);
        Assert.Equal((ChecksumState.Unnecessary, 0), (whole.Checksum, whole.ChecksumLevel));
    }

    [Fact]
    public void An_outer_checksum_of_zero_leaves_the_bytes_to_the_inner_one()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Tunnelled(FieldChecksum.Zero, FieldChecksum.Good), default);
        var layers = LayerChecksums.Of(packet);
        layers.Skip();
        Assert.False(layers.HasSum);
        Assert.True(ValidateInner(ref layers, packet));
        // Zero counts as a level, as it does when a device verified it (linux/skbuff.h, csum_level).
        Assert.Equal(1, layers.Whole(packet.Offload).ChecksumLevel);
    }

    [Theory]
    [InlineData(0, FieldChecksum.Bad, false, true)]
    [InlineData(1, FieldChecksum.Bad, true, false)]
    [InlineData(3, FieldChecksum.Bad, true, false)]
    [InlineData(0, FieldChecksum.Good, true, true)]
    public void Each_level_that_the_device_verified_answers_for_one_layer(byte level, FieldChecksum inner, bool innerPasses, bool isConverted)
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(
            Tunnelled(FieldChecksum.Good, inner), new OffloadState { Checksum = ChecksumState.Unnecessary, ChecksumLevel = level });
        var layers = LayerChecksums.Of(packet);
        Assert.Equal(level + 1, layers.Trusted);
        Assert.True(ValidateOuter(ref layers, packet));
        layers.Convert(OuterUdp, packet.Length, Pseudo(_outer, packet.Length - OuterUdp, 17));
        Assert.Equal(isConverted, layers.HasSum);
        Assert.Equal(innerPasses, ValidateInner(ref layers, packet));
        Assert.False(layers.HasDeviceFault);
    }

    [Fact]
    public void After_the_conversion_the_inner_checksum_is_judged_without_reading_the_payload()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(
            Tunnelled(FieldChecksum.Good, FieldChecksum.Good), new OffloadState { Checksum = ChecksumState.Unnecessary });
        packet.Linear[^1] ^= 0xFF;
        var layers = LayerChecksums.Of(packet);
        Assert.True(ValidateOuter(ref layers, packet));
        layers.Convert(OuterUdp, packet.Length, Pseudo(_outer, packet.Length - OuterUdp, 17));
        Assert.True(ValidateInner(ref layers, packet));
        OffloadState whole = layers.Whole(packet.Offload);
        Assert.Equal((ChecksumState.Unnecessary, 1), (whole.Checksum, whole.ChecksumLevel));
    }

    [Fact]
    public void A_conversion_from_a_word_that_was_wrong_does_no_harm_to_the_inner_packet()
    {
        // The device said that the outer checksum is good, and it is not.
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(
            Tunnelled(FieldChecksum.Bad, FieldChecksum.Good), new OffloadState { Checksum = ChecksumState.Unnecessary });
        var layers = LayerChecksums.Of(packet);
        Assert.True(ValidateOuter(ref layers, packet));
        layers.Convert(OuterUdp, packet.Length, Pseudo(_outer, packet.Length - OuterUdp, 17));
        Assert.True(ValidateInner(ref layers, packet));
        Assert.True(layers.HasDeviceFault);
    }

    [Theory]
    [InlineData(FieldChecksum.Good, true)]
    [InlineData(FieldChecksum.Bad, false)]
    public void A_sum_that_the_device_gave_serves_every_layer(FieldChecksum inner, bool isGood)
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Tunnelled(FieldChecksum.Good, inner), default);
        packet.Offload = Summed(packet);
        packet.Linear[^1] ^= isGood ? (byte)0xFF : (byte)0;
        var layers = LayerChecksums.Of(packet);
        Assert.True(ValidateOuter(ref layers, packet));
        Assert.Equal(isGood, ValidateInner(ref layers, packet));
        Assert.Equal(packet.Offload, layers.Whole(packet.Offload));
    }

    [Fact]
    public void A_sum_that_does_not_fit_is_made_anew_before_anything_is_called_bad()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Tunnelled(FieldChecksum.Good, FieldChecksum.Good), default);
        packet.Offload = Summed(packet) with { CompleteSum = 0x1234 };
        var layers = LayerChecksums.Of(packet);
        Assert.True(ValidateOuter(ref layers, packet));
        Assert.True(layers.HasDeviceFault);
        Assert.True(ValidateInner(ref layers, packet));
    }

    [Fact]
    public void A_bad_checksum_is_no_fault_of_a_device_whose_sum_was_right()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Plain(FieldChecksum.Bad), default);
        packet.Offload = Summed(packet);
        var layers = LayerChecksums.Of(packet);
        Assert.False(layers.Validate(packet, OuterUdp, packet.Length, Pseudo(_inner, packet.Length - OuterUdp)));
        Assert.False(layers.HasDeviceFault);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Padding_that_is_not_zero_is_taken_out_of_the_sum(int padding)
    {
        using var pool = new PacketPool();
        byte[] bytes = [.. Frames.Ethernet(Frames.Tcp(_inner, new TcpFields(), [1])), .. Frames.Payload(padding + 1, 113)[1..]];
        using Packet packet = pool.Rent(bytes, default);
        packet.Offload = Summed(packet);
        var layers = LayerChecksums.Of(packet);
        int end = packet.Length - padding;
        Assert.True(layers.Validate(packet, OuterUdp, end, Pseudo(_inner, end - OuterUdp)));
        Assert.False(layers.HasDeviceFault);
    }

    [Fact]
    public void What_is_owed_excuses_its_own_layer_and_all_around_it_and_none_inside()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(
            Tunnelled(FieldChecksum.Bad, FieldChecksum.Bad),
            new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = InnerTcp, ChecksumOffset = 16 });
        var layers = LayerChecksums.Of(packet);
        Assert.True(ValidateOuter(ref layers, packet));
        Assert.True(ValidateInner(ref layers, packet));

        packet.Offload = packet.Offload with { ChecksumStart = OuterUdp, ChecksumOffset = 6 };
        layers = LayerChecksums.Of(packet);
        Assert.True(ValidateOuter(ref layers, packet));
        layers.Convert(OuterUdp, packet.Length, Pseudo(_outer, packet.Length - OuterUdp, 17));
        Assert.False(layers.HasSum);
        Assert.False(ValidateInner(ref layers, packet));
    }

    [Fact]
    public void A_layer_that_remote_checksum_offload_names_is_excused_and_no_other()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Tunnelled(FieldChecksum.Good, FieldChecksum.Partial), default);
        var layers = LayerChecksums.Of(packet);
        Assert.True(ValidateOuter(ref layers, packet));
        LayerChecksums other = layers;
        layers.Excuse(InnerTcp);
        Assert.True(ValidateInner(ref layers, packet));
        other.Excuse(InnerTcp - 2);
        Assert.False(ValidateInner(ref other, packet));
    }

    [Theory]
    [InlineData(InnerTcp + 16)]
    [InlineData(OuterUdp + 9)]
    public void The_sum_follows_a_word_that_is_written(int offset)
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Tunnelled(FieldChecksum.Good, FieldChecksum.Good), default);
        var layers = LayerChecksums.Of(packet);
        Assert.True(ValidateOuter(ref layers, packet));
        ushort old = (ushort)((packet.Linear[offset] << 8) | packet.Linear[offset + 1]);
        packet.Linear[offset] = 0xBE;
        packet.Linear[offset + 1] = 0xEF;
        layers.Rewrite(old, 0xBEEF, offset);
        Assert.True(layers.TryGetSum(packet, OuterUdp, packet.Length, out ushort sum));
        Assert.Equal(PlainSum.Sum(packet.Linear[OuterUdp..]), sum);
    }

    [Fact]
    public void The_inner_packet_is_left_what_the_outer_layers_did_not_use_up()
    {
        using var pool = new PacketPool();
        byte[] bytes = Tunnelled(FieldChecksum.Good, FieldChecksum.Good);

        // Two levels: one is left. One: it became a sum. None, but summed here: the sum.
        foreach ((OffloadState before, ChecksumState after) in ((OffloadState, ChecksumState)[])[
            (new OffloadState { Checksum = ChecksumState.Unnecessary, ChecksumLevel = 1 }, ChecksumState.Unnecessary),
            (new OffloadState { Checksum = ChecksumState.Unnecessary }, ChecksumState.Complete),
            (default, ChecksumState.Complete),
            (new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = InnerTcp, ChecksumOffset = 16 }, ChecksumState.Partial),
            (new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = OuterUdp, ChecksumOffset = 6 }, ChecksumState.None)])
        {
            using Packet packet = pool.Rent(bytes, before);
            var layers = LayerChecksums.Of(packet);
            Assert.True(ValidateOuter(ref layers, packet));
            layers.Convert(OuterUdp, packet.Length, Pseudo(_outer, packet.Length - OuterUdp, 17));
            OffloadState inner = layers.Inner(packet, InnerFrame, packet.Length);
            Assert.Equal(after, inner.Checksum);
            Assert.Equal(0, inner.ChecksumLevel);
            if (after == ChecksumState.Complete)
            {
                Assert.Equal(InnerFrame, inner.ChecksumStart);
                Assert.Equal(PlainSum.Sum(bytes.AsSpan(InnerFrame)), inner.CompleteSum);
            }
        }
    }

    [Fact]
    public void Levels_end_at_three()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Plain(FieldChecksum.Good), default);
        var layers = LayerChecksums.Of(packet);
        for (int i = 0; i < 6; i++)
            layers.Skip();
        Assert.Equal(3, layers.Whole(default).ChecksumLevel);
        Assert.Equal(3, layers.Whole(new OffloadState { Checksum = ChecksumState.Unnecessary, ChecksumLevel = 2 }).ChecksumLevel);
    }

    [Theory]
    [InlineData(FieldChecksum.Good, true)]
    [InlineData(FieldChecksum.Bad, false)]
    [InlineData(FieldChecksum.Zero, false)]
    public void CRC32c_is_summed_by_itself(FieldChecksum field, bool isGood)
    {
        using var pool = new PacketPool();
        byte[] bytes = Frames.Ethernet(Frames.Sctp(_inner, field, Frames.Payload(400)));
        using Packet packet = pool.Rent(bytes, default);
        // A sum of 16-bit words says nothing of it.
        packet.Offload = Summed(packet);
        var layers = LayerChecksums.Of(packet);
        Assert.Equal(isGood, layers.ValidateCrc32C(packet, OuterUdp, packet.Length));

        packet.Offload = new OffloadState { Checksum = ChecksumState.Unnecessary };
        layers = LayerChecksums.Of(packet);
        Assert.True(layers.ValidateCrc32C(packet, OuterUdp, packet.Length));
        Assert.Equal(0, layers.Trusted);
    }

    [Fact]
    public void Any_offsets_odd_ones_too_and_any_parts_give_the_plain_sum()
    {
        var random = new Random(20);
        for (int round = 0; round < 2000; round++)
        {
            using var pool = new PacketPool { TrackOwners = false };
            byte[] bytes = Frames.Payload(random.Next(60, 300), random.Next(1, 250));
            int linear = random.Next(20, bytes.Length);
            using Packet packet = pool.Rent(bytes.AsSpan(0, linear), default);
            packet.AddFragment(new Page(bytes), linear, bytes.Length - linear);
            packet.Offload = Summed(packet) with { ChecksumStart = 3, CompleteSum = PlainSum.Sum(bytes.AsSpan(3)) };
            var layers = LayerChecksums.Of(packet);
            int start = 3;
            int end = bytes.Length;
            for (int layer = 0; layer < 4; layer++)
            {
                start += random.Next(0, 8);
                end -= random.Next(0, 8);
                Assert.True(layers.TryGetSum(packet, start, end, out ushort sum));
                Assert.Equal(PlainSum.Sum(bytes.AsSpan(start, end - start)) % 0xFFFF, sum % 0xFFFF);
            }
        }
    }

    private static byte[] Plain(FieldChecksum field) =>
        Frames.Ethernet(Frames.Tcp(_inner, new TcpFields { Checksum = field }, Frames.Payload(1001)));

    private static byte[] Tunnelled(FieldChecksum outer, FieldChecksum inner) => Frames.Ethernet(Frames.Vxlan(_outer, outer, Plain(inner)));

    private static ushort Pseudo(IPFields ip, int length, byte protocol = 6) => ip.PseudoSum(protocol, length);

    private static bool ValidateOuter(ref LayerChecksums layers, Packet packet) =>
        layers.Validate(packet, OuterUdp, packet.Length, Pseudo(_outer, packet.Length - OuterUdp, 17));

    private static bool ValidateInner(ref LayerChecksums layers, Packet packet) =>
        layers.Validate(packet, InnerTcp, packet.Length, Pseudo(_inner, packet.Length - InnerTcp));

    private static OffloadState Summed(Packet packet) => new()
    {
        Checksum = ChecksumState.Complete,
        ChecksumStart = 14,
        CompleteSum = packet.Sum(14, packet.Length - 14),
    };
}
