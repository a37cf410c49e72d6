using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Inference;

/// <summary>One direction of a flow: addresses, protocol and ports, and what encloses them.</summary>
/// <param name="Source">Source address as on the wire; an IPv4 one with zeros behind it.</param>
/// <param name="Destination">Destination address, likewise.</param>
/// <param name="Ports">
/// Network and transport protocol, source port, destination port: 16 bits each, from the top: 8 + 8, 16 unused, 16, 16.
/// </param>
/// <param name="Context">Interface, VLANs, tunnel identifiers and outer addresses, mixed; the same for both directions.</param>
internal readonly record struct FlowKey(Vector128<byte> Source, Vector128<byte> Destination, ulong Ports, ulong Context)
{
    // Odd constants with well spread bits: the fractions of the golden ratio, and of the square roots of 2 and 3.
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const ulong RootOfTwo = 0x6A09E667F3BCC909;
    private const ulong RootOfThree = 0xBB67AE8584CAA73B;

    /// <summary>The key of the flow that runs the other way.</summary>
    public FlowKey Reverse => new(
        Destination, Source, (Ports & 0xFFFFFFFF00000000) | (Ports & 0xFFFF) << 16 | (Ports >> 16 & 0xFFFF), Context);

    /// <summary>The key of the flow that the transport layer at <paramref name="transport"/> belongs to.</summary>
    /// <returns>False when its ports or addresses were not captured.</returns>
    public static bool TryCreate(ReadOnlySpan<byte> packet, in PacketLayout layout, int transport, int captureInterface, out FlowKey key)
    {
        ref readonly Layer layer = ref layout[transport];
        int network = layout.NetworkOf(transport);
        if (network < 0 || (uint)packet.Length < (uint)layer.Offset + 4)
        {
            key = default;
            return false;
        }

        uint ports = BinaryPrimitives.ReadUInt32BigEndian(packet[layer.Offset..]);
        ulong both = (ulong)layout[network].Kind << 56 | (ulong)layer.Kind << 48 | ports;
        ulong context = network == 0 || (network == 1 && layout[0].Kind != LayerKind.Vlan)
            ? (uint)captureInterface
            : Enclosing(packet, layout, network, captureInterface);
        ReadAddresses(packet[layout[network].Offset..], layout[network].Kind, out Vector128<byte> source, out Vector128<byte> destination);
        key = new FlowKey(source, destination, both, context);
        return true;
    }

    /// <summary>A hash whose low bits are good.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Hash()
    {
        Vector128<ulong> source = Source.AsUInt64(), destination = Destination.AsUInt64();
        ulong a = Mix(source[0] ^ Golden, destination[0] ^ Ports);
        ulong b = Mix(source[1] ^ RootOfTwo, destination[1] ^ Context ^ RootOfThree);
        return Mix(a ^ Golden, b ^ RootOfTwo);
    }

    /// <summary>The same flow, the same direction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(FlowKey other) =>
        ((Source ^ other.Source) | (Destination ^ other.Destination)) == Vector128<byte>.Zero
        && ((Ports ^ other.Ports) | (Context ^ other.Context)) == 0;

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Hash();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    // MPLS labels and GTP tunnel endpoints differ between the two directions of one flow, so they tell nothing apart here; outer addresses
    // are mixed alike whichever is the source.
    private static ulong Enclosing(ReadOnlySpan<byte> packet, in PacketLayout layout, int network, int captureInterface)
    {
        ulong context = (uint)captureInterface;
        for (int i = 0; i < network; i++)
        {
            ref readonly Layer layer = ref layout[i];
            ReadOnlySpan<byte> header = packet[layer.Offset..];
            switch (layer.Kind)
            {
                case LayerKind.Vlan when header.Length >= 2:
                    context = Mix(context ^ Golden, (BinaryPrimitives.ReadUInt16BigEndian(header) & 0xFFFu) + RootOfTwo);
                    break;
                case LayerKind.Vxlan or LayerKind.VxlanGpe or LayerKind.Geneve when header.Length >= 8:
                    context = Mix(context ^ Golden, (BinaryPrimitives.ReadUInt32BigEndian(header[4..]) >> 8) + RootOfThree);
                    break;
                case LayerKind.IPv4 or LayerKind.IPv6:
                    ReadAddresses(header, layer.Kind, out Vector128<byte> source, out Vector128<byte> destination);
                    ulong mixed = AddressMix(source) + AddressMix(destination);
                    context = Mix(context ^ Golden, mixed + (ulong)layer.Kind);
                    break;
                default:
                    break;
            }
        }
        return context;
    }

    private static ulong AddressMix(Vector128<byte> address) =>
        Mix(address.AsUInt64()[0] ^ RootOfTwo, address.AsUInt64()[1] ^ RootOfThree);

    private static void ReadAddresses(
        ReadOnlySpan<byte> header, LayerKind network, out Vector128<byte> source, out Vector128<byte> destination)
    {
        if (network == LayerKind.IPv6 && header.Length >= 40)
        {
            source = Vector128.Create(header[8..24]);
            destination = Vector128.Create(header[24..40]);
        }
        else if (header.Length >= 20)
        {
            source = Vector128.CreateScalar(MemoryMarshal.Read<uint>(header[12..])).AsByte();
            destination = Vector128.CreateScalar(MemoryMarshal.Read<uint>(header[16..])).AsByte();
        }
        else
        {
            source = destination = default;
        }
    }
}
