using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Wiretrue.Headers;

namespace Wiretrue.Packets;

/// <summary>Lends packets and pages to one thread, and keeps those that come back: no locks, and no allocation once warm.</summary>
/// <remarks>
/// Pages come in powers of two from 4 KiB on. They are pinned, so a device may be told their addresses. Last out, first in: what is lent
/// is what the cache still holds.
/// </remarks>
public sealed class PacketPool : IDisposable
{
    /// <summary>Headroom of packets that are copied in: enough for a tunnel's headers (<c>NET_SKB_PAD</c> and more).</summary>
    public const int DefaultHeadroom = 128;

    private const int SmallestClass = 12;
    private const int LargestClass = 30;

    private readonly Stack[] _pages = new Stack[LargestClass + 1];
    private Packet? _free;
    private int _freeCount;
    private PacketOwners? _owners;

    /// <summary>A pool with nothing in it yet; one of a debug build tracks owners.</summary>
    public PacketPool()
    {
#if DEBUG
        TrackOwners = true;
#endif
        Watch?.Made(this);
    }

    /// <summary>Who is told of pools that are made from now on; null for nobody, which is how it is outside of tests.</summary>
    internal static IPacketPoolWatch? Watch { get; set; }

    /// <summary>
    /// Remember where each packet is lent and given back, so that a leak and a double release are named: a stack is captured for each,
    /// so this is for finding them. On from the start in a debug build of the library.
    /// </summary>
    public bool TrackOwners
    {
        get => _owners is not null;
        set => _owners = value ? _owners ?? new PacketOwners() : null;
    }

    /// <summary>What the network does with UDP ports, when its packets are walked (<see cref="Packet.Walk"/>); null for the assigned ones.</summary>
    public TunnelPorts? TunnelPorts { get; set; }

    /// <summary>Packets that were lent and have not come back.</summary>
    public int OutstandingPackets { get; private set; }

    /// <summary>
    /// Pages that were lent and have not come back. A page that another pool's packet released last does not come back here.
    /// </summary>
    public int OutstandingPages { get; private set; }

    /// <summary>An empty packet with room for <paramref name="headroom"/> and <paramref name="tailroom"/> bytes at least.</summary>
    public Packet Rent(int headroom, int tailroom)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(headroom);
        ArgumentOutOfRangeException.ThrowIfNegative(tailroom);
        Page page = RentPage(headroom + tailroom);
        Packet packet = TakePacket();
        packet.Open(page, 0, headroom, headroom, page.Bytes.Length);
        packet.Offload = default;
        return packet;
    }

    /// <summary>A packet with a copy of <paramref name="bytes"/>, with headroom before it.</summary>
    public Packet Rent(ReadOnlySpan<byte> bytes, in OffloadState offload)
    {
        Packet packet = Rent(DefaultHeadroom, bytes.Length);
        bytes.CopyTo(packet.Put(bytes.Length));
        packet.Offload = offload;
        return packet;
    }

    /// <summary>
    /// A packet over bytes that exist already; nothing is copied. The packet takes a reference to <paramref name="page"/>, and owns those
    /// bytes: completing a checksum writes into them. There is no headroom or tailroom, for the neighbours are not the packet's.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The bytes are not all in the page.</exception>
    public Packet Rent(Page page, int offset, int length, in OffloadState offload)
    {
        ArgumentNullException.ThrowIfNull(page);
        if ((uint)offset > (uint)page.Bytes.Length || (uint)length > (uint)(page.Bytes.Length - offset))
            Throw.ArgumentOutOfRange(nameof(length), length, $"The page ends {page.Bytes.Length - offset} bytes after the offset.");
        page.AddReferences(1);
        Packet packet = TakePacket();
        packet.Open(page, offset, offset, offset + length, offset + length);
        packet.Offload = offload;
        return packet;
    }

    /// <summary>A page of at least <paramref name="length"/> bytes, with one reference; its bytes are not cleared.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than 1 GiB.</exception>
    public Page RentPage(int length)
    {
        int sizeClass = Math.Max(SmallestClass, BitOperations.Log2((uint)Math.Max(length, 1) - 1) + 1);
        if (length < 0 || sizeClass > LargestClass)
            Throw.ArgumentOutOfRange(nameof(length), length, "A page has 1 GiB at most.");
        OutstandingPages++;
        ref Stack stack = ref _pages[sizeClass];
        if (stack.Count == 0)
            return new Page(GC.AllocateUninitializedArray<byte>(1 << sizeClass, pinned: true), sizeClass);
        Page page = stack.Items[--stack.Count];
        page.Reuse();
        return page;
    }

    /// <summary>Takes back a page that no packet holds: the counterpart of <see cref="RentPage"/>.</summary>
    public void Release(Page page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (page.IsForeign)
            page.Release();
        else if (page.DropReferences(1))
            Return(page);
    }

    /// <summary>How many packets are still out, and where they were lent when <see cref="TrackOwners"/> is on; for people.</summary>
    public string DescribeOutstanding() =>
        $"{OutstandingPackets} packets were not given back to their pool.{_owners?.DescribeOutstanding()}";

    /// <summary>Forgets what the pool keeps. Packets that are still out are an error, in a debug build or with <see cref="TrackOwners"/>.</summary>
    /// <exception cref="InvalidOperationException">Packets are still out, and owners are tracked: the message says where they were lent.
    /// </exception>
    public void Dispose()
    {
        if (_owners is not null && OutstandingPackets != 0)
            Throw.InvalidOperation(DescribeOutstanding());
        _free = null;
        _freeCount = 0;
        Array.Clear(_pages);
        Watch?.Disposed(this);
    }

    /// <summary>A packet that must be opened before it is used.</summary>
    internal Packet TakePacket()
    {
        Packet packet = TakeChain(1);
        ReleaseChainAfter(packet, 1);
        return packet;
    }

    /// <summary>
    /// The first of <paramref name="count"/> packets, linked by <see cref="Packet.Next"/>; each must be opened before it is used. They
    /// are the pool's until <see cref="ReleaseChainAfter"/>.
    /// </summary>
    /// <remarks>
    /// Free packets are linked as queues are, so the packets of a queue come back as they are, and are lent again in the same order: no
    /// link is written, and none costs the collector's write barrier.
    /// </remarks>
    internal Packet TakeChain(int count)
    {
        while (_freeCount < count)
        {
            _free = new Packet(this) { Next = _free };
            _freeCount++;
        }
        return _free!;
    }

    /// <summary>Lets the packets of a chain go, up to <paramref name="last"/>, which ends it then.</summary>
    internal void ReleaseChainAfter(Packet last, int count)
    {
        _owners?.Lend(_free!, last);
        _free = last.Next;
        last.Next = null;
        _freeCount -= count;
        OutstandingPackets += count;
    }

    /// <summary>Takes back packets that were released, and are linked from <paramref name="first"/> to <paramref name="last"/>.</summary>
    internal void ReturnChain(Packet first, Packet last, int count)
    {
        _owners?.Return(first, last);
        last.Next = _free;
        _free = first;
        _freeCount += count;
        OutstandingPackets -= count;
    }

    /// <summary>Says of a packet that is given back once too often whose it was.</summary>
    [DoesNotReturn]
    internal void ThrowReleasedTwice(Packet packet) => Throw.PacketReleasedTwice(_owners?.Describe(packet) ?? "");

    internal void Return(Page page)
    {
        OutstandingPages--;
        ref Stack stack = ref _pages[page.SizeClass];
        stack.Items ??= new Page[8];
        if (stack.Count == stack.Items.Length)
            Array.Resize(ref stack.Items, stack.Items.Length * 2);
        stack.Items[stack.Count++] = page;
    }

    private struct Stack
    {
        public Page[] Items;
        public int Count;
    }
}
