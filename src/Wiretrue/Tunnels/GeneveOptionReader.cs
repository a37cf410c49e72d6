using System.Buffers.Binary;

namespace Wiretrue.Tunnels;

/// <summary>Goes over the options of a Geneve header.</summary>
/// <remarks>
/// RFC 8926 3.5.
/// <code>
///   0                16       24  27      32
///   +----------------+-+------+---+-------+
///   | class          |C| type | 0 | words |
///   +----------------+-+------+---+-------+
///   | words × 4 bytes                     |
/// </code>
/// </remarks>
internal ref struct GeneveOptionReader(ReadOnlySpan<byte> options)
{
    private const int HeaderSize = 4;

    private ReadOnlySpan<byte> _rest = options;

    /// <summary>Where the option that was read last begins; the one at fault, when one does not end.</summary>
    public int Offset { get; private set; }

    /// <summary>The option that was read last.</summary>
    public GeneveOptionKind Kind { get; private set; }

    /// <summary>An option reaches past the header's end.</summary>
    public bool IsMalformed { get; private set; }

    private int _length;

    /// <summary>Reads the next option; false when there is none.</summary>
    public bool Read()
    {
        _rest = _rest[_length..];
        Offset += _length;
        _length = 0;
        if (_rest.IsEmpty)
            return false;
        int length = _rest.Length < HeaderSize ? int.MaxValue : HeaderSize + ((_rest[3] & 0x1F) << 2);
        IsMalformed = length > _rest.Length;
        if (IsMalformed)
            return false;
        _length = length;
        Kind = new GeneveOptionKind(BinaryPrimitives.ReadUInt16BigEndian(_rest), _rest[2]);
        return true;
    }
}
