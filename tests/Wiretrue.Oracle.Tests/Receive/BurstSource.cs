using Wiretrue.Testing.Kernel.Gro;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>Seeded random bursts: frames of several flows in between one another, some twice, some too early, some of no flow.</summary>
/// <param name="random">What all is drawn from.</param>
/// <param name="nextFlow">A new flow, by its number.</param>
/// <param name="isPure">All are of these flows.</param>
internal sealed class BurstSource(Random random, Func<int, Func<byte[]>> nextFlow, bool isPure = false)
{
    /// <summary>Between 1 and 64 frames.</summary>
    public List<byte[]> Next()
    {
        int most = random.Next(3) == 0 ? GroRoute.LongestBurst : random.Next(1, GroRoute.LongestBurst + 1);
        Func<byte[]>[] flows = [.. Enumerable.Range(0, random.Next(5) == 0 ? random.Next(7, 16) : random.Next(1, 6)).Select(nextFlow)];
        bool isPadded = random.Next(3) == 0;
        int changes = random.Next(1, 6);
        int strange = isPure || random.Next(2) == 0 ? int.MaxValue : 20;
        var burst = new List<byte[]>();
        for (int flow = 0; burst.Count < most;)
        {
            if (random.Next(changes) == 0)
                flow = random.Next(flows.Length);
            byte[] frame = random.Next(strange) == 0 ? StrangeFrames.Next(random) : flows[flow]();
            burst.Add(isPadded && frame.Length < 60 ? [.. frame, .. new byte[60 - frame.Length]] : frame);
            if (random.Next(50) == 0)
                burst.Add(burst[random.Next(burst.Count)]);
        }
        if (random.Next(3) == 0)
            Reorder(burst);
        return burst.Count > GroRoute.LongestBurst ? burst[..GroRoute.LongestBurst] : burst;
    }

    /// <summary>An Ethernet frame around a packet, its addresses sometimes others.</summary>
    public static byte[] InEthernet(Random random, ReadOnlySpan<byte> packet, params (ushort, ushort)[] tags)
    {
        byte[] frame = Frames.Ethernet(packet, tags);
        if (random.Next(60) == 0)
            frame[random.Next(12)] ^= (byte)(1 << random.Next(1, 8));
        return frame;
    }

    private void Reorder(List<byte[]> burst)
    {
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            int from = random.Next(burst.Count);
            int to = Math.Clamp(from + random.Next(-4, 5), 0, burst.Count - 1);
            (burst[from], burst[to]) = (burst[to], burst[from]);
        }
    }
}
