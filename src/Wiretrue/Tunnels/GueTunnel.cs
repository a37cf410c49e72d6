namespace Wiretrue.Tunnels;

/// <summary>Generic UDP encapsulation: IP packets in UDP (<c>TUNNEL_ENCAP_GUE</c>, net/ipv4/fou_core.c).</summary>
/// <remarks>draft-ietf-intarea-gue; remote checksum offload of draft-ietf-intarea-gue-extensions, as Linux lays it out.</remarks>
public sealed record GueTunnel : UdpTunnel
{
    /// <summary>The port that was assigned to it.</summary>
    public const ushort AssignedPort = 6080;

    /// <summary>One with the assigned port, which receives remote checksum offload, as Linux always does.</summary>
    public GueTunnel()
    {
        DestinationPort = AssignedPort;
        RemoteChecksum = new RemoteChecksumOptions { Receive = true };
    }

    /// <summary>
    /// What is sent has no header but UDP's: variant 1, in which the version of the IP packet stands where GUE's would. Linux receives both
    /// variants, and so does this end whatever it sends.
    /// </summary>
    public bool IsDirect { get; init; }

    /// <summary>Remote checksum offload, for checksums at any distance. Variant 1 can't ask for it.</summary>
    public RemoteChecksumOptions RemoteChecksum { get; init; }

    /// <inheritdoc/>
    public override Encapsulator CreateEncapsulator() => new GueEncapsulator(this);

    /// <inheritdoc/>
    public override Decapsulator CreateDecapsulator() => new GueDecapsulator(this);
}
