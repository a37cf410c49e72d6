using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

/// <summary>A tunnel in the library's words, and what it makes of a frame by plain code.</summary>
/// <param name="Tunnel">The settings: the same for both ends, but for the addresses.</param>
/// <param name="Identification">Of the first outer IPv4 header.</param>
/// <param name="Inner">The frame that goes in.</param>
/// <param name="Outer">The frame with the tunnel's headers before its own.</param>
internal sealed record TunnelCase(Tunnel Tunnel, ushort Identification, PlainFrame Inner, PlainFrame Outer)
{
    /// <summary>The tunnel as its other end is set.</summary>
    public Tunnel Peer => Tunnel with { Local = Tunnel.Remote, Remote = Tunnel.Local };

    /// <summary>What the outer frame begins with.</summary>
    public bool IsFrame => Outer.Headers[0] is PlainEthernet;

    /// <summary>Puts a packet into the tunnel, which must take it.</summary>
    public void Encapsulate(Packet packet)
    {
        DropReason reason = CreateEncapsulator().Encapsulate(packet);
        if (reason != DropReason.None)
            Assert.Fail($"{this}: dropped, {reason}");
    }

    /// <summary>
    /// As <see cref="Encapsulate"/> for a super-frame that is in a tunnel already: there are some that nothing can be put around.
    /// </summary>
    public bool TryEncapsulate(Packet packet) => CreateEncapsulator().Encapsulate(packet) == DropReason.None;

    /// <summary>Takes a packet out at the other end, which must find it there.</summary>
    public void Decapsulate(Packet packet)
    {
        Decapsulation result = Peer.CreateDecapsulator().Decapsulate(packet);
        if (!result.IsDone)
            Assert.Fail($"{this}: not taken out, {result}");
    }

    /// <summary>What puts packets into the tunnel, with the identification set.</summary>
    public Encapsulator CreateEncapsulator()
    {
        Encapsulator encapsulator = Tunnel.CreateEncapsulator();
        encapsulator.NextIdentification = Identification;
        return encapsulator;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tunnel.GetType().Name} makes {Outer}";
}
