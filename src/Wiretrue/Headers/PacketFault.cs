namespace Wiretrue.Headers;

/// <summary>What was wrong with a packet's headers, as a value: which layer, which field, where, and how many bytes were missing.</summary>
/// <param name="Kind">What is wrong; <see cref="FaultKind.None"/> when nothing is.</param>
/// <param name="Layer">The header that could not be read, or whose length is wrong.</param>
/// <param name="Field">The field at fault.</param>
/// <param name="LimitedBy">Which field said how many bytes were there.</param>
/// <param name="Offset">Where that header begins, in bytes from the packet's first byte.</param>
/// <param name="Needed">Bytes that were needed from <paramref name="Offset"/> on.</param>
/// <param name="Available">Bytes that were there.</param>
public readonly record struct PacketFault(
    FaultKind Kind, LayerKind Layer, HeaderField Field, LengthSource LimitedBy, int Offset, int Needed, int Available)
{
    /// <summary>True when there is a fault.</summary>
    public bool IsFault => Kind != FaultKind.None;
}
