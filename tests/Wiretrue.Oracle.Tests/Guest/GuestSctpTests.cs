using Wiretrue.Devices;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Packets;
using Wiretrue.Testing.Guest;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Guest;

/// <summary>Another Linux, in an emulated machine, has the SCTP that the running kernel lacks, and cuts super-frames of its own.</summary>
/// <remarks>
/// <code>
///   socket ──► v0, which cannot cut SCTP ──► segments ──► v1 in another namespace: the peer
///               └─ copied before it is cut ──► d0, which takes super-frames whole
/// </code>
/// </remarks>
[Trait("Category", "Guest")]
public sealed class GuestSctpTests(ITestOutputHelper output)
{
    private const int EthernetLength = 14, SctpHeaderLength = 12, ChecksumOffset = 8;
    private const byte Sctp = 132;

    [GuestFact]
    public void Its_super_frames_are_cut_as_it_cuts_them()
    {
        using var machine = GuestMachine.Start();
        machine.Run("modprobe -a veth dummy sctp sch_ingress cls_matchall act_mirred");
        machine.Run("""
            ip netns add peer; ip link add v0 type veth peer name v1; ip link set v1 netns peer; ip link add d0 type dummy
            ip addr add 192.0.2.1/24 dev v0; ip addr add 2001:db8::1/64 dev v0 nodad; ip link set d0 up; ip link set v0 up
            ip -n peer addr add 192.0.2.2/24 dev v1; ip -n peer addr add 2001:db8::2/64 dev v1 nodad; ip -n peer link set v1 up
            tc qdisc add dev v0 clsact; tc filter add dev v0 egress matchall action mirred egress mirror dev d0
            ethtool -K v0 tx-sctp-segmentation off tx-checksum-sctp off
            """);
        using var wire = new Wire();
        foreach (string peer in (string[])["192.0.2.2", "2001:db8::2"])
        {
            machine.Run($"ip netns exec peer python3 sctp.py listen {peer} >/tmp/listening 2>&1 &");
            machine.Run("until grep -q listening /tmp/listening; do sleep 0.1; done; rm /tmp/listening");
            string[] lines = machine.Run($"python3 sctp.py send {peer} d0 v0 3000 7000 1 20000 12345").Split('\n');
            int superFrames = Compare(wire, Frames(lines, "d0 "), Frames(lines, "v0 "), out int segments);
            output.WriteLine($"{peer}: {superFrames} super-frames, {segments} segments, 0 differences");
            Assert.True(superFrames >= 2, string.Join('\n', lines));
        }
    }

    private static int Compare(Wire wire, Queue<byte[]> whole, Queue<byte[]> cut, out int segments)
    {
        int superFrames = 0;
        segments = 0;
        while (whole.TryDequeue(out byte[]? frame))
        {
            int content = ContentOf(frame);
            List<byte[]> kernel = [];
            while (content + kernel.Sum(segment => segment.Length - content) < frame.Length)
                kernel.Add(cut.Dequeue());
            if (kernel.Count == 1)
                continue;
            // Where it was cut is not in its bytes: the kernel's segments tell, and that they are the same bytes.
            byte[][] parts = [.. kernel.Select(segment => segment[content..])];
            Assert.Equal(frame[content..], parts.SelectMany(part => part));
            List<byte[]>? ours = wire.Cut(pool => Listed(pool, frame, content, parts), out DropReason reason);
            FrameComparison.Same(kernel, ours, $"{kernel.Count} segments of {frame.Length} bytes: {reason}");
            superFrames++;
            segments += kernel.Count;
        }
        return superFrames;
    }

    private static Packet Listed(PacketPool pool, byte[] frame, int content, byte[][] parts)
    {
        Packet packet = pool.Rent(frame.AsSpan(0, content), new OffloadState
        {
            Checksum = ChecksumState.Partial,
            ChecksumIsCrc32C = true,
            ChecksumStart = content - SctpHeaderLength,
            ChecksumOffset = ChecksumOffset,
            GsoType = GsoType.Sctp,
            GsoSize = OffloadState.GsoByFragmentList,
        });
        foreach (byte[] part in parts)
            packet.AddToFragmentList(pool.Rent(part, default));
        return packet;
    }

    /// <summary>The SCTP packets that passed a device, in order.</summary>
    private static Queue<byte[]> Frames(string[] lines, string device) => new(
        lines.Where(line => line.StartsWith(device, StringComparison.Ordinal))
            .Select(line => Convert.FromHexString(line.AsSpan(device.Length).Trim()))
            .Where(frame => frame[EthernetLength] >> 4 == 4 ? frame[EthernetLength + 9] == Sctp : frame[EthernetLength + 6] == Sctp));

    private static int ContentOf(byte[] frame) => EthernetLength + (frame[EthernetLength] >> 4 == 4 ? 20 : 40) + SctpHeaderLength;
}
