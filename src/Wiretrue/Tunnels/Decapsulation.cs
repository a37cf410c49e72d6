using Wiretrue.Headers;

namespace Wiretrue.Tunnels;

/// <summary>What became of a packet that came out of a tunnel; or why it did not, and where.</summary>
/// <param name="Fault">Why it was not taken out; <see cref="DecapsulationFault.None"/> when it was.</param>
/// <param name="Layer">The header at fault.</param>
/// <param name="Offset">Where the field at fault is, in bytes from the packet's first; the header's first when it is all of it.</param>
public readonly record struct Decapsulation(DecapsulationFault Fault, LayerKind Layer, int Offset)
{
    /// <summary>The packet is the inner one now. Otherwise it is as it was.</summary>
    public bool IsDone => Fault == DecapsulationFault.None;

    /// <summary>VXLAN's and Geneve's network identifier, GRE's key, ERSPAN's session; 0 where there is none.</summary>
    public int NetworkIdentifier { get; init; }

    /// <summary>VXLAN's group policy; <c>default</c> where there is none.</summary>
    public GroupPolicy GroupPolicy { get; init; }

    /// <summary>Geneve's header says that an option has to be understood: with <see cref="Tunnel.IsExternal"/>, it was not asked whether it is.</summary>
    public bool HasCriticalOptions { get; init; }
}
