using System.Runtime.InteropServices;
using Wiretrue.Linux.Interop;

namespace Wiretrue.Linux.Tests.Interop;

/// <summary>Netlink messages as the kernel writes them.</summary>
internal static class Messages
{
    /// <summary>One attribute with its padding.</summary>
    public static byte[] Attribute(ushort type, ReadOnlySpan<byte> value)
    {
        byte[] attribute = new byte[(4 + value.Length + 3) & ~3];
        MemoryMarshal.Write(attribute, (ushort)(4 + value.Length));
        MemoryMarshal.Write(attribute.AsSpan(2), type);
        value.CopyTo(attribute.AsSpan(4));
        return attribute;
    }

    /// <summary>A 32-bit number.</summary>
    public static byte[] Attribute(LinkAttribute type, int value)
    {
        byte[] bytes = new byte[4];
        MemoryMarshal.Write(bytes, value);
        return Attribute((ushort)type, bytes);
    }

    /// <summary>One after the other.</summary>
    public static byte[] Attributes(params byte[][] attributes) => [.. attributes.SelectMany(attribute => attribute)];

    /// <summary>A message of a type, with its body.</summary>
    public static byte[] Message(ushort type, params byte[][] body)
    {
        byte[] bytes = [.. new byte[16], .. Attributes(body)];
        MemoryMarshal.Write(bytes, new NetlinkHeader { Length = (uint)bytes.Length, Type = type });
        return bytes;
    }

    /// <summary>What stands before a link's attributes.</summary>
    public static byte[] Link(int index, ushort hardware)
    {
        byte[] bytes = new byte[16];
        MemoryMarshal.Write(bytes, new LinkInfo { Index = index, Type = hardware });
        return bytes;
    }
}
