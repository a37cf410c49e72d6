using Wiretrue.Testing.Kernel;

namespace Wiretrue.Oracle.Tests.Guest;

/// <summary>A super-frame that is sent through the guest.</summary>
/// <param name="Header">What is owed.</param>
/// <param name="Frame">Its bytes.</param>
/// <param name="Addresses">
/// The packet's addresses as they stand in its header. No other frame has them: the guest's own chatter goes through its tunnels as well.
/// </param>
/// <param name="Count">How many frames are expected of it.</param>
public sealed record GuestParcel(VnetHeader Header, byte[] Frame, byte[] Addresses, int Count);
