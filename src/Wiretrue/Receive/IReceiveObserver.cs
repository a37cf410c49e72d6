namespace Wiretrue.Receive;

/// <summary>Is told each decision of <see cref="ReceivePath"/> about a packet, in the order in which they are made.</summary>
/// <remarks>
/// Make it a struct: the path is compiled for it then, and for no observer without a trace of one. It is called while the packet is judged, and
/// must not touch it.
/// </remarks>
public interface IReceiveObserver
{
    /// <summary>A decision was made, and nothing that comes after it was done yet.</summary>
    void Decided(in ReceiveDecision decision);
}
