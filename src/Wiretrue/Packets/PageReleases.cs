using System.Runtime.CompilerServices;

namespace Wiretrue.Packets;

/// <summary>
/// References that are to be dropped, gathered: the segments of a super-frame share two pages, one with their headers and one with the
/// payload, and each page's count is then touched once for all of them.
/// </summary>
internal struct PageReleases(PacketPool pool)
{
    private Page? _linear;
    private Page? _fragment;
    private int _linearCount;
    private int _fragmentCount;

    /// <summary>One reference that a linear area held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddLinear(Page page)
    {
        if (!ReferenceEquals(page, _linear))
        {
            Drop(_linear, _linearCount);
            _linear = page;
            _linearCount = 0;
        }
        _linearCount++;
    }

    /// <summary>One reference that a fragment held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddFragment(Page page)
    {
        if (!ReferenceEquals(page, _fragment))
        {
            Drop(_fragment, _fragmentCount);
            _fragment = page;
            _fragmentCount = 0;
        }
        _fragmentCount++;
    }

    /// <summary>The page of the last linear area.</summary>
    public readonly Page? Linear => _linear;

    /// <summary>The page of the last fragment.</summary>
    public readonly Page? Fragment => _fragment;

    /// <summary>References to both that packets in a row held, each one to <see cref="Linear"/> and one to <see cref="Fragment"/>.</summary>
    public void AddAlike(int packets)
    {
        _linearCount += packets;
        _fragmentCount += packets;
    }

    /// <summary>Drops what was gathered.</summary>
    public void Flush()
    {
        Drop(_linear, _linearCount);
        Drop(_fragment, _fragmentCount);
        _linear = null;
        _fragment = null;
    }

    private readonly void Drop(Page? page, int count)
    {
        if (page is null)
            return;
        if (page.IsForeign)
            page.Release(count);
        else if (page.DropReferences(count))
            pool.Return(page);
    }
}
