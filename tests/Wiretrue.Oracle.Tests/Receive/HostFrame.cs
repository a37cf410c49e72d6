using Wiretrue.Testing.Kernel;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>A frame for a <see cref="Testing.Kernel.Reception.ReceivingHost"/>.</summary>
/// <param name="Mark">What tells it from others, once it was taken.</param>
/// <param name="Bytes">The frame.</param>
/// <param name="Header">What is owed to it.</param>
/// <param name="Words">What it is, for a failing test to print.</param>
public sealed record HostFrame(uint Mark, byte[] Bytes, VnetHeader Header, string Words);
