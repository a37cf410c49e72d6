namespace Wiretrue.Headers;

/// <summary>Reads TCP options one after the other; an option with an impossible length ends the reading.</summary>
public ref struct TcpOptionReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Reads <paramref name="options"/>, the bytes after a TCP header's first 20.</summary>
    public TcpOptionReader(ReadOnlySpan<byte> options)
    {
        _rest = options;
        Kind = TcpOptionKind.EndOfOptions;
        Data = default;
    }

    /// <summary>Kind of the option that <see cref="MoveNext"/> found.</summary>
    public TcpOptionKind Kind { get; private set; }

    /// <summary>What that option holds after its kind and length.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>Finds the next option that is not padding.</summary>
    public bool MoveNext()
    {
        while (_rest.Length > 0 && _rest[0] == (byte)TcpOptionKind.NoOperation)
            _rest = _rest[1..];
        if (_rest.Length < 2 || _rest[0] == (byte)TcpOptionKind.EndOfOptions || _rest[1] < 2 || _rest[1] > _rest.Length)
            return false;
        Kind = (TcpOptionKind)_rest[0];
        Data = _rest[2.._rest[1]];
        _rest = _rest[_rest[1]..];
        return true;
    }
}
