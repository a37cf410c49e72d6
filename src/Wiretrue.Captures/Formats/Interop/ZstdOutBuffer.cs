using System.Runtime.InteropServices;

namespace Wiretrue.Captures.Formats.Interop;

/// <summary>Where to put what comes, and how much of it is there (<c>ZSTD_outBuffer</c>, zstd.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ZstdOutBuffer
{
    public byte* Destination;
    public nuint Size;
    public nuint Position;
}
