using System.Buffers.Binary;
using Wiretrue.Packets;
using Wiretrue.Testing.Kernel.Gro;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>Where what the kernel coalesces can't be cut again as it was, and ours differs on purpose: in the one bit, or the few bytes, that it takes.</summary>
internal static class KernelFault
{
    private const int Network = 14, FirstExtension = Network + 40, BehindJumbo = FirstExtension + 8;

    /// <summary>The fault that explains the whole difference, in words; null when none does.</summary>
    public static string? Of(GroFrame kernel, GroFrame ours) =>
        HasGarbledExtensions(kernel, ours) ? "extension headers behind a jumbo payload option, which the kernel garbles"
        : !kernel.Bytes.AsSpan().SequenceEqual(ours.Bytes) ? null
        : kernel.State == WithoutGreChecksum(ours.State) ? "GRE checksums, which the kernel forgets to have made anew"
        : kernel.State == WithoutFixedId(ours.State) ? "outer identifications that stay around TCP over IPv6, which the kernel has count"
        : kernel.State == WithoutFixedId(WithoutGreChecksum(ours.State)) ? "both of the latter"
        : null;

    // gre_gro_complete says SKB_GSO_GRE of all.
    private static OffloadState WithoutGreChecksum(in OffloadState state) => (state.GsoType & GsoType.GreChecksum) == 0
        ? state
        : state with { GsoType = (state.GsoType & ~GsoType.GreChecksum) | GsoType.Gre };

    // tcp4_gro_complete alone looks at ip_fixedid, which the outer header has as well.
    private static OffloadState WithoutFixedId(in OffloadState state) => (state.GsoType & GsoType.TcpV6) == 0
        ? state
        : state with { GsoType = state.GsoType & ~GsoType.TcpFixedId };

    /// <summary>
    /// The jumbo payload option of BIG TCP is written over the first eight bytes of the extension headers, and eight of their bytes are there twice
    /// (<c>ipv6_gro_complete</c>): the header behind it is not the one that is named before it. Everything else is the same.
    /// </summary>
    private static bool HasGarbledExtensions(GroFrame kernel, GroFrame ours)
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
