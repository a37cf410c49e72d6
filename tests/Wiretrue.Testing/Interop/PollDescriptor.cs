using System.Runtime.InteropServices;

namespace Wiretrue.Testing.Interop;

/// <summary>What <c>poll</c> waits for (<c>struct pollfd</c>, poll.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    internal int Descriptor;
    internal short Events;
    internal short Returned;
}
