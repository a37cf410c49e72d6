namespace Wiretrue.Headers;

/// <summary>Reads options one after the other; an option that reaches past the header ends the reading.</summary>
public ref struct IPv6OptionReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Reads <paramref name="options"/>: the header's bytes after its first two.</summary>
    public IPv6OptionReader(ReadOnlySpan<byte> options) => _rest = options;

    /// <summary>The option that <see cref="MoveNext"/> found.</summary>
    public IPv6Option Current { get; private set; }

    /// <summary>Lets <c>foreach</c> read the options.</summary>
    public readonly IPv6OptionReader GetEnumerator() => this;

    /// <summary>Finds the next option that is not one byte of padding.</summary>
    public bool MoveNext()
    {
        while (_rest.Length > 0 && _rest[0] == IPv6Option.Pad1)
            _rest = _rest[1..];
        if (_rest.Length < 2 || _rest[1] > _rest.Length - 2)
            return false;
        int length = 2 + _rest[1];
        Current = new IPv6Option(_rest[0], _rest[2..length]);
        _rest = _rest[length..];
        return true;
    }
}
