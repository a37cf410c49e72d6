using System.Runtime.InteropServices;

namespace Wiretrue.Linux.Interop;

/// <summary>Reads one <c>struct rtattr</c> (linux/rtnetlink.h) after the other.</summary>
/// <remarks>
/// <code>
///   0        2        4
///   ┌────────┬────────┬───────────── ─ ─ ─┬─────┐
///   │ length │ type   │ value             │ pad │   the length counts the first four bytes too; the next begins at a multiple of 4
///   └────────┴────────┴───────────── ─ ─ ─┴─────┘
/// </code>
/// </remarks>
internal ref struct AttributeReader(ReadOnlySpan<byte> attributes)
{
    private const int HeaderSize = 4;

    // NLA_F_NESTED and NLA_F_NET_BYTEORDER are the two upper bits of the type.
    private const ushort TypeMask = 0x3FFF;

    private ReadOnlySpan<byte> _rest = attributes;

    /// <summary>The attribute's number.</summary>
    public ushort Type { get; private set; }

    /// <summary>Its value.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>A 16-bit number; 0 for a value that is too short.</summary>
    public readonly int Int16 => Value.Length < sizeof(ushort) ? 0 : MemoryMarshal.Read<ushort>(Value);

    /// <summary>A 32-bit number, as far as an int goes; 0 for a value that is too short.</summary>
    public readonly int Int32 => Value.Length < sizeof(uint) ? 0 : (int)Math.Min(MemoryMarshal.Read<uint>(Value), int.MaxValue);

    /// <summary>Text up to a zero.</summary>
    public readonly string Text => CText.Of(Value);

    /// <summary>Goes to the next attribute; false when there is none, or the rest is none.</summary>
    public bool Next()
    {
        if (_rest.Length < HeaderSize)
            return false;
        int length = MemoryMarshal.Read<ushort>(_rest);
        if (length < HeaderSize || length > _rest.Length)
            return false;
        Type = (ushort)(MemoryMarshal.Read<ushort>(_rest[sizeof(ushort)..]) & TypeMask);
        Value = _rest[HeaderSize..length];
        _rest = _rest[Math.Min(Aligned(length), _rest.Length)..];
        return true;
    }

    /// <summary>Netlink begins everything at a multiple of four bytes (<c>NLMSG_ALIGN</c>).</summary>
    public static int Aligned(int length) => (length + 3) & ~3;
}
