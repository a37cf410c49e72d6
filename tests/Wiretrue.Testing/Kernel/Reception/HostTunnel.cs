namespace Wiretrue.Testing.Kernel.Reception;

/// <summary>A VXLAN device of a <see cref="ReceivingHost"/>.</summary>
/// <param name="Identifier">Its VNI.</param>
/// <param name="IsIPv6">The underlay is IPv6.</param>
/// <param name="Port">The UDP port.</param>
/// <param name="Setting">What <c>ip link add</c> is told beside that.</param>
/// <param name="Local">Its own inner address, in a network of 16.</param>
/// <param name="Remote">The inner address of the other end.</param>
public sealed record HostTunnel(int Identifier, bool IsIPv6, ushort Port, string Setting, string Local, string Remote)
{
    /// <summary>The last byte of its inner Ethernet address.</summary>
    public byte Station => (byte)(0x40 + Identifier);
}
