using System.Runtime.InteropServices;

namespace Wiretrue.Captures.Formats.Interop;

/// <summary>What to wait for (<c>struct pollfd</c>, poll.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    public int Descriptor;
    public short Events;
    public short Returned;
}
