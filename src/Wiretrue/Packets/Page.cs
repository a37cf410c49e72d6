using System.Diagnostics;

namespace Wiretrue.Packets;

/// <summary>
/// A reference-counted block of memory that packets point into (<c>struct page</c> with <c>page_ref_count</c>). Either pooled, or foreign:
/// somebody else's buffer (a capture's window, a receive ring) that is given back when the last packet has let go of it.
/// </summary>
/// <remarks>
/// The count is atomic, because packets that share a page may be owned by different threads. A page whose count reaches zero goes to the
/// pool of the packet that let go last, or back to its owner.
/// </remarks>
public sealed class Page
{
    private readonly Action<Page>? _giveBack;
    private int _references = 1;

    internal Page(byte[] bytes, int sizeClass)
    {
        Bytes = bytes;
        SizeClass = sizeClass;
    }

    /// <summary>
    /// Wraps memory that is not the pool's. The maker holds the first reference, and releases it with <see cref="Release"/>.
    /// </summary>
    /// <param name="bytes">The memory. It must stay as it is while packets point into it.</param>
    /// <param name="giveBack">Called once each time the last reference goes, on the thread that released it; <see cref="Reuse"/> makes the
    /// page whole again.</param>
    /// <param name="isHigh">The memory lies where not every device reaches (<see cref="IsHigh"/>).</param>
    public Page(byte[] bytes, Action<Page>? giveBack = null, bool isHigh = false)
        : this(bytes, sizeClass: -1)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        _giveBack = giveBack;
        IsHigh = isHigh;
    }

    /// <summary>The memory, all of it.</summary>
    public byte[] Bytes { get; }

    /// <summary>How many packets, fragments and owners point here.</summary>
    public int References => Volatile.Read(ref _references);

    /// <summary>True when the memory is not a pool's.</summary>
    public bool IsForeign => SizeClass < 0;

    /// <summary>
    /// True when only a device with <c>highdma</c> reaches the memory (<c>PageHighMem</c>, <c>NETIF_F_HIGHDMA</c>); for every other one the
    /// bytes are copied to a page of the pool, which all devices reach.
    /// </summary>
    public bool IsHigh { get; }

    /// <summary>Base-2 logarithm of a pooled page's length; -1 for a foreign one.</summary>
    internal int SizeClass { get; }

    /// <summary>Adds references (<c>get_page</c>): once for a whole super-frame rather than once for each of its segments.</summary>
    public void AddReferences(int count)
    {
        Debug.Assert(References > 0, "a page without references is nobody's to point into");
        Interlocked.Add(ref _references, count);
    }

    /// <summary>Lets a foreign page go (<c>put_page</c>).</summary>
    /// <exception cref="InvalidOperationException">There were fewer references than <paramref name="count"/>.</exception>
    public void Release(int count = 1)
    {
        if (!IsForeign)
            Throw.InvalidOperation("A pooled page is released through the packets that hold it.");
        if (DropReferences(count))
            _giveBack?.Invoke(this);
    }

    /// <summary>Makes a page that was given back usable once more, with one reference.</summary>
    /// <exception cref="InvalidOperationException">Something points into the page still.</exception>
    public void Reuse()
    {
        if (Interlocked.CompareExchange(ref _references, 1, 0) != 0)
            Throw.InvalidOperation("The page is in use still.");
    }

    /// <summary>Makes the only reference several; nobody else may hold one, so no thread can look.</summary>
    internal void MultiplyReference(int count)
    {
        Debug.Assert(References == 1, "the page is pointed into already");
        _references = count;
    }

    /// <summary>Takes references away; true when none is left, and the caller must give the page back.</summary>
    internal bool DropReferences(int count)
    {
        // When all of them are the caller's there is nobody to race with, and no locked instruction is needed.
        if (Volatile.Read(ref _references) == count)
        {
            _references = 0;
            return true;
        }
        int left = Interlocked.Add(ref _references, -count);
        if (left < 0)
            Throw.PageReleasedTwice();
        return left == 0;
    }
}
