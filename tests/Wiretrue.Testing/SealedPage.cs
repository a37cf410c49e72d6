using System.Runtime.CompilerServices;
using Wiretrue.Packets;
using Wiretrue.Testing.Interop;

namespace Wiretrue.Testing;

/// <summary>
/// Memory for payloads that can be sealed: who reads or writes a byte of it then ends the process. It shows that something works without
/// looking at a payload.
/// </summary>
/// <remarks>
/// <code>
///   | rest | whole pages of the system: Length bytes from Start on | rest |     one pinned array
/// </code>
/// The collector does not look into arrays of bytes, and never moves a pinned one, so it does not mind.
/// </remarks>
public sealed unsafe class SealedPage : IDisposable
{
    private readonly byte[] _bytes;
    private bool _isSealed;

    /// <summary>Allocates it, open.</summary>
    /// <param name="length">Bytes to use; made up to whole pages.</param>
    public SealedPage(int length)
    {
        int page = Environment.SystemPageSize;
        Length = (length + page - 1) / page * page;
        _bytes = GC.AllocateUninitializedArray<byte>(Length + page, pinned: true);
        nuint first = (nuint)Unsafe.AsPointer(ref _bytes[0]);
        Start = (int)((nuint)page - (first % (nuint)page)) % page;
        Page = new Page(_bytes);
    }

    /// <summary>What packets point into.</summary>
    public Page Page { get; }

    /// <summary>Where the memory that can be sealed begins, in bytes from the first of <see cref="Page"/>.</summary>
    public int Start { get; }

    /// <summary>How many bytes can be sealed.</summary>
    public int Length { get; }

    /// <summary>The bytes; only while it is open.</summary>
    public Span<byte> Span => _bytes.AsSpan(Start, Length);

    /// <summary>From now on nobody may look.</summary>
    public void Seal() => Protect(Libc.PROT_NONE, isSealed: true);

    /// <summary>Everybody may look again.</summary>
    public void Open() => Protect(Libc.PROT_READ | Libc.PROT_WRITE, isSealed: false);

    /// <summary>Opens it, and lets go of the page.</summary>
    public void Dispose()
    {
        if (_isSealed)
            Open();
        Page.Release();
    }

    // Start and Length are whole pages within the array, as the constructor sees to.
    private void Protect(int rights, bool isSealed)
    {
        if (Libc.mprotect((nint)Unsafe.AsPointer(ref _bytes[Start]), (nuint)Length, rights) != 0)
            throw Libc.Failed("mprotect");
        _isSealed = isSealed;
    }
}
