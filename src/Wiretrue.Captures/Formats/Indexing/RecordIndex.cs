namespace Wiretrue.Captures.Formats.Indexing;

/// <summary>Finds the records of one capture, window by window; what it has learned of interfaces and sections stays with it.</summary>
internal abstract class RecordIndex
{
    /// <summary>
    /// The largest record or block believed. Real ones stay far below: a BIG TCP packet is 512 KiB at most, a USB transfer a few MiB.
    /// </summary>
    public const int LargestBlock = 16 << 20;

    // Interfaces are remembered for the whole file; a file of nothing but descriptions must not eat the memory.
    private const int MostInterfaces = 1 << 18;

    private CaptureInterface[] _interfaces = new CaptureInterface[4];

    /// <summary>What stopped the last <see cref="Index"/>: bytes that contradict themselves. Null when it only ran out of bytes.</summary>
    public RecordFault? Fault { get; protected set; }

    /// <summary>Bytes that the record at the stop needs, as far as it was there to tell.</summary>
    public int Needed { get; protected set; }

    /// <summary>Bytes of file header that must come whole, before anything can be read.</summary>
    public abstract int HeaderLength { get; }

    protected int InterfaceCount { get; private set; }

    /// <summary>
    /// Adds the whole records in the window's buffer from <paramref name="start"/> to <paramref name="end"/>; returns where it stopped.
    /// </summary>
    public abstract int Index(CaptureWindow window, int start, int end);

    /// <summary>Tells the window of the interfaces that were described so far.</summary>
    public void Publish(CaptureWindow window) => window.Know(_interfaces, InterfaceCount);

    protected ref readonly CaptureInterface Described(int number) => ref _interfaces[number];

    /// <summary>False when there are too many.</summary>
    protected bool Describe(in CaptureInterface description)
    {
        if (InterfaceCount == MostInterfaces) return false;

        // A window may be reading the old array on another thread: elements once written never change, and growth makes a new array.
        if (InterfaceCount == _interfaces.Length) Array.Resize(ref _interfaces, _interfaces.Length * 2);
        _interfaces[InterfaceCount++] = description;
        return true;
    }
}
