namespace Wiretrue.Headers.Fields;

/// <summary>A header's fields as a value: read from bytes, and written to them.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IHeaderFields<TSelf>
    where TSelf : struct, IHeaderFields<TSelf>
{
    /// <summary>Bytes that <see cref="Write"/> writes: the part of the header that has fields, without options.</summary>
    int Size { get; }

    /// <summary>Reads the fields; false when <paramref name="bytes"/> do not hold the whole header, or cannot be one.</summary>
    static abstract bool TryParse(ReadOnlySpan<byte> bytes, out TSelf fields);

    /// <summary>Writes <see cref="Size"/> bytes; every bit of them, reserved ones as 0. Bytes after them stay.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Size"/>.</exception>
    void Write(Span<byte> destination);
}
