using Wiretrue.Testing.Interop;

namespace Wiretrue.Testing;

/// <summary>
/// Memory between two pages that may not be touched: who reads or writes a byte before or behind it ends the process, instead of
/// passing by luck.
/// <code>
///   | PROT_NONE | length bytes, in whole pages | PROT_NONE |
/// </code>
/// </summary>
public sealed class GuardedBuffer : IDisposable
{
    private readonly int _mapped;
    private nint _address;

    /// <summary>Maps the pages.</summary>
    /// <param name="length">Bytes to use; made up to whole pages.</param>
    /// <exception cref="IOException">The system refused.</exception>
    public GuardedBuffer(int length)
    {
        int page = Environment.SystemPageSize;
        Length = (length + page - 1) / page * page;
        _mapped = Length + (2 * page);
        _address = Libc.mmap(0, (nuint)_mapped, Libc.PROT_NONE, Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS, -1, 0);
        if (_address == -1)
            throw Libc.Failed("mmap");
        if (Libc.mprotect(_address + page, (nuint)Length, Libc.PROT_READ | Libc.PROT_WRITE) != 0)
            throw Libc.Failed("mprotect");
    }

    /// <summary>Bytes between the two guards.</summary>
    public int Length { get; }

    /// <summary>All of the bytes; valid until <see cref="Dispose"/>.</summary>
    public unsafe Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_address == 0, this);
            return new Span<byte>((void*)(_address + Environment.SystemPageSize), Length);
        }
    }

    /// <summary>Unmaps the pages; spans of them must not be used any more.</summary>
    public void Dispose()
    {
        if (_address == 0)
            return;
        _ = Libc.munmap(_address, (nuint)_mapped);
        _address = 0;
    }
}
