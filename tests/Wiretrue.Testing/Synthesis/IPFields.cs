using System.Net;

namespace Wiretrue.Testing.Synthesis;

/// <summary>What an IP header around a built packet should say.</summary>
public abstract record IPFields
{
    /// <summary>Source address.</summary>
    public abstract IPAddress Source { get; init; }

    /// <summary>Destination address.</summary>
    public abstract IPAddress Destination { get; init; }

    /// <summary>Time to live, or hop limit.</summary>
    public byte HopLimit { get; init; } = 64;

    /// <summary>Type of service, or traffic class.</summary>
    public byte TrafficClass { get; init; }

    /// <summary>The length field to write instead of the true one.</summary>
    public ushort? LengthField { get; init; }

    /// <summary>Ethernet's type for this version.</summary>
    public abstract ushort EtherType { get; }

    /// <summary>Bytes of the header with options or extension headers.</summary>
    public abstract int HeaderLength { get; }

    /// <summary>Puts the header before <paramref name="payload"/>.</summary>
    public abstract byte[] Wrap(byte protocol, ReadOnlySpan<byte> payload);

    /// <summary>Sum of the pseudo-header: addresses, protocol and <paramref name="length"/>, folded, not inverted.</summary>
    public virtual ushort PseudoSum(byte protocol, int length)
    {
        ushort sum = PlainSum.Sum(Destination.GetAddressBytes(), PlainSum.Sum(Source.GetAddressBytes()));
        return PlainSum.Sum([0, protocol, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length], sum);
    }
}
