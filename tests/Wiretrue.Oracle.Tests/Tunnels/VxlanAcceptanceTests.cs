using Wiretrue.Devices;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Packets;
using Wiretrue.Testing;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;
using Wiretrue.Tunnels;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>Frames in a VXLAN tunnel, disturbed at random: what the kernel's device drops we drop, and what it finds inside we find.</summary>
public sealed class VxlanAcceptanceTests(ITestOutputHelper output)
{
    [RootTapFact]
    public void What_the_kernel_takes_out_of_the_tunnel_we_take_out()
    {
        int seed = 800;
        foreach (VxlanSettings settings in (VxlanSettings[])[
            new(), new() { HasChecksum = false }, new() { TakesLeftChecksums = true }, new() { TakesLeftChecksums = true, HasChecksum = false },
            new() { IsIPv6 = true }, new() { IsIPv6 = true, TakesZeroChecksum = true }, new() { IsIPv6 = true, TakesLeftChecksums = true }])
        {
            Compare(settings, seed++);
        }
    }

    [RootTapFact(Bpf = true)]
    public void So_it_is_with_group_policy() => Compare(new VxlanSettings { HasPolicy = true }, seed: 850);

    private void Compare(VxlanSettings settings, int seed)
    {
        using var link = VxlanLink.Create(settings);
        using var transmit = new VxlanTransmit(link, TapOffloads.None, isPeer: true);
        using var receiver = new Receiver(link);
        var source = new SuperFrameSource(seed);
        var mutation = new OuterFrameMutation(link, seed);
        // What comes behind each frame, so that one that is dropped need not be waited for.
        byte[] last = Frames.Ethernet(0x88B5, Frames.Payload(50));
        Assert.Equal(DropReason.None, transmit.Enter(new SuperFrame(default, last, "the last")));
        Assert.Equal(DropReason.None, transmit.Encapsulate(transmit.Inside.Dequeue()!, 40_000, 0));
        byte[] marker = Receiver.BytesOf(transmit.Ready.Dequeue()!);
        var differences = new Dictionary<string, string>(StringComparer.Ordinal);
        int taken = 0, dropped = 0;
        for (int i = 0; i < LongRun.Times(2_000); i++)
        {
            SuperFrame sent = NextWithoutTags(source);
            Assert.Equal(DropReason.None, transmit.Enter(sent));
            Assert.Equal(DropReason.None, transmit.Encapsulate(transmit.Inside.Dequeue()!, 40_000, (ushort)i));
            byte[] frame = mutation.Apply(Receiver.BytesOf(transmit.Ready.Dequeue()!));
            Assert.True(link.TryReceive(default, frame));
            Assert.True(link.TryReceive(default, marker));
            byte[]? ours = receiver.Take(frame, out Decapsulation result);
            byte[]? kernel = TakeUpTo(last, link);
            if (!(kernel ?? []).AsSpan().SequenceEqual(ours ?? []))
            {
                differences.TryAdd(
                    mutation.Last, $"round {i}, {mutation.Last}, we say {result.Fault}: kernel {Hex(kernel)}, ours {Hex(ours)}, frame {Hex(frame)}");
            }
            taken += ours is null ? 0 : 1;
            dropped += ours is null ? 1 : 0;
        }
        if (differences.Count > 0)
            Assert.Fail($"{settings}: {string.Join("\n", differences.Values)}");
        Assert.True(taken > 100 && dropped > 100, $"{taken} taken, {dropped} dropped");
        output.WriteLine($"{settings}: {taken} taken out, {dropped} dropped by both");
    }

    /// <summary>The frame that the kernel found before <paramref name="last"/>, if it did.</summary>
    private static byte[]? TakeUpTo(byte[] last, VxlanLink link)
    {
        byte[]? found = null;
        while (link.TryTakeInner(isExpected: true, out _, out ReadOnlySpan<byte> inner) && !inner.SequenceEqual(last))
            found = inner.ToArray();
        return found;
    }

    // The kernel takes tags out of the bytes behind the tunnel, and drops what is too short for that.
    private static SuperFrame NextWithoutTags(SuperFrameSource source)
    {
        while (true)
        {
            SuperFrame sent = source.NextPartial();
            if (sent.Frame[12] is 0x08 or 0x86)
                return sent;
        }
    }

    private static string Hex(byte[]? bytes) => bytes is null ? "nothing" : Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, 160)));

    private sealed class Receiver(VxlanLink link) : IDisposable
    {
        private readonly PacketPool _pool = new() { TrackOwners = false, TunnelPorts = VxlanTransmit.PortsOf(link) };
        private readonly PacketQueue _ready = new();
        private readonly NetDevice _wire = NetDevice.Wire(mtu: 1 << 20);
        private readonly Decapsulator _decapsulator = (VxlanTransmit.TunnelOf(link, isPeer: false) with
        {
            ZeroChecksum6Receive = link.Settings.TakesZeroChecksum,
        }).CreateDecapsulator();

        public byte[]? Take(byte[] frame, out Decapsulation result)
        {
            Packet packet = _pool.Rent(frame, default);
            result = _decapsulator.Decapsulate(packet);
            if (!result.IsDone || TransmitPath.Validate(packet, _wire, _ready) != DropReason.None)
            {
                if (!result.IsDone)
                    packet.Dispose();
                return null;
            }
            return BytesOf(_ready.Dequeue()!);
        }

        public static byte[] BytesOf(Packet packet)
        {
            using Packet _ = packet;
            byte[] bytes = new byte[packet.Length];
            packet.CopyTo(bytes);
            return bytes;
        }

        public void Dispose()
        {
            _ready.Dispose();
            _pool.Dispose();
        }
    }
}
