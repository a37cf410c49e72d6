namespace Wiretrue.Transmit;

/// <summary>Is told each decision of <see cref="TransmitPath"/> about a packet, in the order in which they are made.</summary>
/// <remarks>
/// Make it a struct: the path is compiled for it then, and for no observer without a trace of one. It is called while the packet is
/// worked on, and must not touch it.
/// </remarks>
public interface ITransmitObserver
{
    /// <summary>A decision was made, and nothing that comes after it was done yet.</summary>
    void Decided(in TransmitDecision decision);
}
