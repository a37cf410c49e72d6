namespace Wiretrue.Captures.Tunnelling;

/// <summary>What of a captured packet goes into a tunnel, in bytes from its first.</summary>
/// <param name="Start">Where that begins: at the packet's first byte, or at its IP header.</param>
/// <param name="End">One past the last byte of it that was captured.</param>
/// <param name="WireEnd">One past its last byte on the wire.</param>
/// <param name="FrameEnd">One past the last byte of the frame on the wire, without a frame check sequence: what follows stays behind.</param>
internal readonly record struct Carried(int Start, int End, int WireEnd, int FrameEnd);
