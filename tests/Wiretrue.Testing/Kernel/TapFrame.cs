namespace Wiretrue.Testing.Kernel;

/// <summary>A frame as a TAP's reader takes it.</summary>
/// <param name="Header">What is still owed to it.</param>
/// <param name="Bytes">From the Ethernet header on.</param>
public sealed record TapFrame(VnetHeader Header, byte[] Bytes);
