using System.Buffers.Binary;
using System.Text;

namespace Wiretrue.Testing.Kernel.Bpf;

/// <summary>
/// Where the members of a structure of the running kernel's are, as the kernel says itself (BTF, <c>/sys/kernel/btf/vmlinux</c>,
/// linux/btf.h).
/// </summary>
/// <remarks>
/// <code>
///  +--------+----------------------------------------+---------+
///  | header | type 1 | type 2 | ...                  | strings |
///  +--------+----------------------------------------+---------+
///            a type: name, kind and count, size; then by kind:
///            a structure's members, each name, type, bit offset
/// </code>
/// </remarks>
internal sealed class KernelStructure
{
    private const int TypeLength = 12, MemberLength = 12;
    private const int Structure = 4, Union = 5;

    private static readonly Lazy<KernelStructure[]> Asked = new(() => [.. ReadAll("sk_buff", "skb_shared_info")]);

    private readonly Dictionary<string, int> _bits = new(StringComparer.Ordinal);

    private KernelStructure(string name, int length)
    {
        Name = name;
        Length = length;
    }

    /// <summary><c>struct sk_buff</c>: a packet (linux/skbuff.h).</summary>
    public static KernelStructure Packet => Asked.Value[0];

    /// <summary><c>struct skb_shared_info</c>: what stands at the end of a packet's linear area (linux/skbuff.h).</summary>
    public static KernelStructure SharedInfo => Asked.Value[1];

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its bytes.</summary>
    public int Length { get; }

    /// <summary>The first byte of a member that is no bit field.</summary>
    public short OffsetOf(string member) => (short)(BitOf(member) / 8);

    /// <summary>A member's value.</summary>
    /// <param name="bytes">The structure.</param>
    /// <param name="member">The member.</param>
    /// <param name="width">Its bits, at most 32.</param>
    public uint Read(ReadOnlySpan<byte> bytes, string member, int width)
    {
        int bit = BitOf(member);
        Span<byte> around = stackalloc byte[8];
        bytes[(bit / 8)..Math.Min(bytes.Length, (bit / 8) + 8)].CopyTo(around);
        return (uint)((BinaryPrimitives.ReadUInt64LittleEndian(around) >> (bit % 8)) & ((1ul << width) - 1));
    }

    private int BitOf(string member) =>
        _bits.TryGetValue(member, out int bit) ? bit : throw new InvalidOperationException($"this kernel's {Name} has no {member}");

    private static IEnumerable<KernelStructure> ReadAll(params string[] names)
    {
        byte[] all = File.ReadAllBytes("/sys/kernel/btf/vmlinux");
        int header = Int(all, 4);
        byte[] types = all[(header + Int(all, 8))..][..Int(all, 12)];
        byte[] strings = all[(header + Int(all, 16))..];
        List<int> places = Places(types);
        foreach (string name in names)
        {
            int place = places.Find(
                at => at >= 0 && Kind(types, at) == Structure && string.Equals(NameOf(strings, Int(types, at)), name, StringComparison.Ordinal));
            var structure = new KernelStructure(name, Int(types, place + 8));
            structure.AddMembers(types, strings, places, place, bit: 0);
            yield return structure;
        }
    }

    // Members of members without a name count as the structure's own, as in C.
    private void AddMembers(byte[] types, byte[] strings, List<int> places, int place, int bit)
    {
        for (int i = 0; i < Count(types, place); i++)
        {
            int member = place + TypeLength + (i * MemberLength);
            // The upper eight bits are a bit field's width.
            int at = bit + (Int(types, member + 8) & 0xFFFFFF);
            string name = NameOf(strings, Int(types, member));
            if (name.Length != 0)
                _bits.TryAdd(name, at);
            else if (Kind(types, places[Int(types, member + 4)]) is Structure or Union)
                AddMembers(types, strings, places, places[Int(types, member + 4)], at);
        }
    }

    // By number; 0 is void, which is nowhere.
    private static List<int> Places(byte[] types)
    {
        List<int> places = [-1];
        for (int at = 0; at < types.Length;)
        {
            places.Add(at);
            int count = Count(types, at);
            at += TypeLength + Kind(types, at) switch
            {
                1 or 14 or 17 => 4,
                3 => 12,
                Structure or Union or 15 or 19 => MemberLength * count,
                6 or 13 => 8 * count,
                _ => 0,
            };
        }
        return places;
    }

    private static int Kind(byte[] types, int at) => (Int(types, at + 4) >> 24) & 0x1F;

    private static int Count(byte[] types, int at) => Int(types, at + 4) & 0xFFFF;

    private static int Int(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    private static string NameOf(byte[] strings, int at) =>
        Encoding.ASCII.GetString(strings.AsSpan(at, strings.AsSpan(at).IndexOf((byte)0)));
}
