using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Wiretrue.Captures.Formats.Interop;

namespace Wiretrue.Captures.Formats.Sinks;

/// <summary>Standard output, a named pipe or a device: written in order with <c>write(2)</c>, wherever the descriptor stands.</summary>
/// <remarks>
/// Not through the base library: its console stream swallows a closed pipe, and its file stream would not move the
/// descriptor that a shell shares with the next command.
/// </remarks>
internal sealed class DescriptorSink(SafeFileHandle descriptor) : ByteSink
{
    public override unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        // Pinned for the calls; never more is asked for than is left of the span.
        fixed (byte* start = bytes)
        {
            for (int done = 0; done < bytes.Length;)
            {
                nint wrote = Libc.Write(descriptor, start + done, (nuint)(bytes.Length - done));
                if (wrote >= 0) done += (int)wrote;
                else Await(Marshal.GetLastPInvokeError());
            }
        }
    }

    public override void Dispose() => descriptor.Dispose();

    private unsafe void Await(int errno)
    {
        switch (errno)
        {
            case Libc.EINTR:
                return;
            case Libc.EAGAIN:
                // Someone made the pipe non-blocking: wait until it takes more.
                PollDescriptor poll = new() { Descriptor = (int)descriptor.DangerousGetHandle(), Events = Libc.POLLOUT };
                _ = Libc.Poll(&poll, 1, timeout: -1);
                return;
            default:
                Throw.Errno(errno);
                return;
        }
    }
}
