using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Headers;

namespace Wiretrue.Tunnels;

/// <summary>Carries congestion notification over a tunnel's two ends (net/inet_ecn.h).</summary>
/// <remarks>
/// RFC 6040. What leaves the tunnel, by what was inside (rows) and outside (columns):
/// <code>
///           Not-ECT   ECT(0)     ECT(1)     CE
/// Not-ECT   Not-ECT   Not-ECT !  Not-ECT !  dropped
/// ECT(0)    ECT(0)    ECT(0)     ECT(1)     CE
/// ECT(1)    ECT(1)    ECT(1)     ECT(1)     CE
/// CE        CE        CE         CE         CE           !: suspicious
/// </code>
/// </remarks>
public static class CongestionNotification
{
    /// <summary>The bits of a type of service that are the codepoint (<c>INET_ECN_MASK</c>).</summary>
    public const byte Mask = 3;

    /// <summary>The codepoint in a type of service or traffic class.</summary>
    public static EcnCodepoint Of(byte typeOfService) => (EcnCodepoint)(typeOfService & Mask);

    /// <summary>The type of service of an outer header (<c>INET_ECN_encapsulate</c>).</summary>
    /// <param name="outer">The one that the tunnel chose; its codepoint is replaced.</param>
    /// <param name="inner">That of the packet inside; 0 for one that is not IP.</param>
    /// <param name="mode">What is shown of it.</param>
    public static byte Encapsulate(byte outer, byte inner, EcnMode mode)
    {
        EcnCodepoint shown = mode switch
        {
            EcnMode.Compatibility => EcnCodepoint.NotCapable,
            EcnMode.FullFunctionality when Of(inner) == EcnCodepoint.CongestionExperienced => EcnCodepoint.Capable0,
            _ => Of(inner),
        };
        return (byte)((outer & ~Mask) | (byte)shown);
    }

    /// <summary>What leaves the tunnel (<c>INET_ECN_decapsulate</c>).</summary>
    /// <param name="outer">Type of service or traffic class outside.</param>
    /// <param name="inner">The same inside.</param>
    /// <param name="result">The inner one as it goes on; as it was, unless the packet is accepted.</param>
    public static EcnVerdict Decapsulate(byte outer, byte inner, out byte result)
    {
        result = inner;
        EcnCodepoint outside = Of(outer);
        if (Of(inner) == EcnCodepoint.NotCapable)
        {
            return outside switch
            {
                EcnCodepoint.NotCapable => EcnVerdict.Accepted,
                EcnCodepoint.CongestionExperienced => EcnVerdict.Dropped,
                _ => EcnVerdict.Suspicious,
            };
        }
        bool isRaised = outside == EcnCodepoint.CongestionExperienced
            || (outside == EcnCodepoint.Capable1 && Of(inner) == EcnCodepoint.Capable0);
        if (isRaised)
            result = (byte)((inner & ~Mask) | (byte)outside);
        return EcnVerdict.Accepted;
    }

    /// <summary>
    /// Writes a type of service or traffic class into an IP header, and keeps an IPv4 header's checksum as right as it was
    /// (<c>IP_ECN_set_ce</c>).
    /// </summary>
    /// <param name="header">The header, from its first byte on.</param>
    /// <param name="isIPv4">Its version is 4, not 6.</param>
    /// <param name="value">What is to be written.</param>
    internal static void Set(Span<byte> header, bool isIPv4, byte value)
    {
        ushort old = BinaryPrimitives.ReadUInt16BigEndian(header);
        ushort word = isIPv4 ? (ushort)((old & 0xFF00) | value) : (ushort)((old & 0xF00F) | (value << 4));
        BinaryPrimitives.WriteUInt16BigEndian(header, word);
        if (!isIPv4)
            return;
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(header[IPv4Header.ChecksumOffset..]);
        IPv4Header.SetChecksum(header, InternetChecksum.Update(checksum, old, word));
    }
}
