using System.Runtime.InteropServices;

namespace Wiretrue.Captures.Formats.Interop;

/// <summary>What is to be taken, and how much of it has been (<c>ZSTD_inBuffer</c>, zstd.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ZstdInBuffer
{
    public byte* Source;
    public nuint Size;
    public nuint Position;
}
