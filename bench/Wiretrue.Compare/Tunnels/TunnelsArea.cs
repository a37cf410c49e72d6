using Wiretrue.Compare.Segmentation;

namespace Wiretrue.Compare.Tunnels;

/// <summary>
/// A super-frame of 64 KiB through VXLAN beside a packet of 64 bytes, on one core: local checksum offload reads no payload, so one takes
/// about as long as the other.
/// </summary>
internal sealed class TunnelsArea : IArea
{
    private const double ThriceASmallPacket = 3.00;

    public string Name => "tunnels";

    public IEnumerable<Row> Run()
    {
        using var core = new OneCore();
        using var large = new Passage(SuperFrame.TcpV4());
        using var small = new Passage(SuperFrame.SmallUdpV4());
        yield return Beside("encapsulate", large.Encapsulate, small.Encapsulate);
        yield return Beside("decapsulate", large.Decapsulate, small.Decapsulate);
        long allocated = large.AllocatedBytes() + small.AllocatedBytes();
        yield return new Row("encapsulate and decapsulate, allocated", $"{allocated} B", "limit 0 B", allocated, 0);

        static Row Beside(string work, Action<int> large, Action<int> small) =>
            Row.Compare($"{work} 64 KiB in VXLAN", new RepeatedWork(large), "64 bytes", new RepeatedWork(small), ThriceASmallPacket);
    }
}
