namespace Wiretrue.Headers;

/// <summary>What was wrong with a packet's headers, as a value: which layer, which field, where, and how many bytes were missing.</summary>
/// <param name="Kind">Why the walk stopped; <see cref="FaultKind.None"/> when it did not.</param>
/// <param name="Layer">The header that could not be read.</param>
/// <param name="Field">The field at fault, by its name in the RFC; empty when it is the header as a whole.</param>
/// <param name="Offset">Where that header begins, in bytes from the packet's first byte.</param>
/// <param name="Needed">Bytes that were needed from <paramref name="Offset"/> on.</param>
/// <param name="Available">Bytes that were there.</param>
/// <param name="LimitedBy">Which field said how many were there.</param>
public readonly record struct PacketFault(
    FaultKind Kind, LayerKind Layer, string Field, int Offset, int Needed, int Available, LengthSource LimitedBy)
{
    /// <summary>True when there is a fault.</summary>
    public bool IsFault => Kind != FaultKind.None;
}
