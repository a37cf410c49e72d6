namespace Wiretrue.Tunnels;

/// <summary>
/// What a tunnel does about remote checksum offload: the sender leaves the inner checksum half-made and says where it is, the outer one
/// protects everything, and the receiver derives the inner one (<c>VXLAN_F_REMCSUM_*</c>, <c>TUNNEL_ENCAP_FLAG_REMCSUM</c>).
/// </summary>
/// <remarks>draft-herbert-remotecsumoffload; draft-herbert-vxlan-rco.</remarks>
public readonly record struct RemoteChecksumOptions
{
    /// <summary>What is sent leaves its inner checksum to the receiver, where the tunnel's header can say so (<c>remcsumtx</c>).</summary>
    public bool Transmit { get; init; }

    /// <summary>What is received may do so; it is dropped otherwise, as any flag that is not known (<c>remcsumrx</c>).</summary>
    public bool Receive { get; init; }

    /// <summary>
    /// The receiver writes the inner checksum at once (<c>nopartial</c>), and does not leave it owed until somebody needs it.
    /// </summary>
    public bool IsEager { get; init; }

    /// <summary>
    /// Also where the outer header has no checksum, so that nothing protects the inner packet on its way. Linux does not ask for this.
    /// </summary>
    public bool AllowsUnprotected { get; init; }
}
