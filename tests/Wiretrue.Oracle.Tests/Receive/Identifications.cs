using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>How a sender numbers its IPv4 packets: all the same, one by one, or here and there at random.</summary>
/// <param name="random">What all is drawn from.</param>
internal sealed class Identifications(Random random)
{
    private readonly int _kind = random.Next(5);

    /// <summary>The header of the packet after one with this header.</summary>
    public IPFields After(IPFields ip)
    {
        if (ip is not IPv4Fields ipv4)
            return ip;
        return _kind switch
        {
            0 => ipv4,
            1 when random.Next(3) == 0 => ipv4 with { Id = (ushort)random.Next(65536) },
            _ => ipv4 with { Id = (ushort)(ipv4.Id + 1) },
        };
    }
}
