namespace Wiretrue.Headers;

/// <summary>One option of an <see cref="IPv6OptionsHeader"/>.</summary>
/// <remarks>RFC 8200 4.2.</remarks>
public readonly ref struct IPv6Option
{
    /// <summary>One byte of padding, without length and data (<c>IPV6_TLV_PAD1</c>).</summary>
    public const byte Pad1 = 0x00;

    /// <summary>Several bytes of padding (<c>IPV6_TLV_PADN</c>).</summary>
    public const byte PadN = 0x01;

    /// <summary>Into how many tunnels more the packet may go (<c>IPV6_TLV_TNL_ENCAP_LIMIT</c>, RFC 2473 4.1.1).</summary>
    public const byte TunnelEncapsulationLimit = 0x04;

    /// <summary>Jumbo payload length (<c>IPV6_TLV_JUMBO</c>, RFC 2675).</summary>
    public const byte JumboPayload = 0xC2;

    /// <summary>Home address of a mobile node (<c>IPV6_TLV_HAO</c>, RFC 6275).</summary>
    public const byte HomeAddress = 0xC9;

    internal IPv6Option(byte type, ReadOnlySpan<byte> data)
    {
        Type = type;
        Data = data;
    }

    /// <summary>The option's type; the two high bits say what a node does that does not know it.</summary>
    public byte Type { get; }

    /// <summary>What the option holds.</summary>
    public ReadOnlySpan<byte> Data { get; }
}
