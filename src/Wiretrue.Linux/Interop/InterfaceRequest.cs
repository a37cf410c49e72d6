using System.Runtime.InteropServices;
using System.Text;

namespace Wiretrue.Linux.Interop;

/// <summary><c>struct ifreq</c> (linux/if.h): the name of a device, and what is asked of it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal unsafe struct InterfaceRequest
{
    /// <summary>Bytes of a name, the zero at its end included (<c>IFNAMSIZ</c>).</summary>
    public const int NameSize = 16;

    /// <summary>An ethtool command in <see cref="Data"/> (<c>SIOCETHTOOL</c>, linux/sockios.h).</summary>
    public const uint Ethtool = 0x8946;

    /// <summary><c>ifr_name</c>, with a zero at its end.</summary>
    [FieldOffset(0)]
    public fixed byte Name[NameSize];

    /// <summary><c>ifr_data</c>: the command, which the caller keeps where it is.</summary>
    [FieldOffset(NameSize)]
    public byte* Data;

    /// <summary>Puts a name in; false when no device can have it.</summary>
    public bool TrySetName(string name)
    {
        fixed (byte* bytes = Name)
        {
            // The bound of both spans is the field's; a zero must be left at its end.
            var field = new Span<byte>(bytes, NameSize);
            field.Clear();
            return name.Length > 0 && Encoding.UTF8.TryGetBytes(name, field[..^1], out _);
        }
    }
}
