using Wiretrue.Testing.Kernel;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>A frame with its debts, as a guest would hand it over.</summary>
/// <param name="Header">What is owed.</param>
/// <param name="Frame">Its bytes, from the Ethernet header on.</param>
/// <param name="Description">How it was made, for the message of a failed test.</param>
public sealed record SuperFrame(VnetHeader Header, byte[] Frame, string Description);
