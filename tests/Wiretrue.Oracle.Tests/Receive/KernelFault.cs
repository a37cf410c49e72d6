using System.Buffers.Binary;
using Wiretrue.Testing.Kernel.Gro;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>Where the kernel is wrong, and ours differs on purpose.</summary>
internal static class KernelFault
{
    private const int Network = 14, FirstExtension = Network + 40, BehindJumbo = FirstExtension + 8;

    /// <summary>
    /// The jumbo payload option of BIG TCP is written over the first eight bytes of the extension headers, and eight of their bytes are there twice
    /// (<c>ipv6_gro_complete</c>): the header behind it is not the one that is named before it. Everything else is the same.
    /// </summary>
    public static bool HasGarbledExtensions(GroFrame kernel, GroFrame ours)
    {
        ReadOnlySpan<byte> bytes = ours.Bytes;
        bool isBig = bytes.Length > ushort.MaxValue && bytes[12] == 0x86 && BinaryPrimitives.ReadUInt16BigEndian(bytes[(Network + 4)..]) == 0;
        if (!isBig || kernel.State != ours.State || kernel.Bytes.Length != bytes.Length)
            return false;
        // The next header that the option names, hop-by-hop, routing or destination options, is an extension itself.
        int transport = ours.State.ChecksumStart;
        int checksum = transport + ours.State.ChecksumOffset;
        return bytes[FirstExtension] is 0 or 43 or 60 && transport > BehindJumbo
            && kernel.Bytes.AsSpan(0, BehindJumbo).SequenceEqual(bytes[..BehindJumbo])
            && kernel.Bytes.AsSpan(transport, ours.State.ChecksumOffset).SequenceEqual(bytes[transport..checksum])
            && kernel.Bytes.AsSpan(checksum + 2).SequenceEqual(bytes[(checksum + 2)..]);
    }
}
