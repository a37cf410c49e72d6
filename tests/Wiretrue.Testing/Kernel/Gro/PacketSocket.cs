using System.Buffers.Binary;
using Wiretrue.Testing.Interop;

namespace Wiretrue.Testing.Kernel.Gro;

/// <summary>A packet socket (<c>AF_PACKET</c>, packet(7)): a copy of all that an interface receives, as it was handed up, coalesced.</summary>
internal sealed unsafe class PacketSocket : IDisposable
{
    private const int SOL_SOCKET = 1, SO_RCVBUFFORCE = 33, SOL_PACKET = 263, PACKET_IGNORE_OUTGOING = 23;
    private const int AddressLength = 20;

    // All protocols (ETH_P_ALL), in network byte order.
    private const ushort AllProtocols = 0x0300;

    // Beyond 64 KiB, so that BIG TCP goes through.
    private const int LongestFrame = 512 * 1024;

    private readonly int _fd;
    private readonly byte[] _buffer = new byte[LongestFrame];

    /// <summary>Listens to the interface of this name.</summary>
    public PacketSocket(string device)
    {
        // Without a protocol it hears nothing until it is bound.
        _fd = Libc.socket(Libc.AF_PACKET, Libc.SOCK_RAW | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0);
        if (_fd < 0)
            throw Libc.Failed("socket AF_PACKET");
        Set(SOL_SOCKET, SO_RCVBUFFORCE, 64 << 20, "SO_RCVBUFFORCE");
        Set(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1, "PACKET_IGNORE_OUTGOING");
        Span<byte> address = stackalloc byte[AddressLength];
        address.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(address, Libc.AF_PACKET);
        BinaryPrimitives.WriteUInt16LittleEndian(address[2..], AllProtocols);
        BinaryPrimitives.WriteInt32LittleEndian(address[4..], NetworkInterface.IndexOf(device));
        // The kernel reads AddressLength bytes.
        fixed (byte* p = address)
        {
            if (Libc.bind(_fd, p, AddressLength) < 0)
                throw Libc.Failed("bind AF_PACKET");
        }
    }

    /// <summary>The next frame, if there is one; a VLAN tag that the kernel keeps beside the bytes is not in it.</summary>
    public byte[]? TryRead()
    {
        nint n;
        // The kernel writes no more than the buffer's length.
        fixed (byte* p = _buffer)
            n = Libc.read(_fd, p, (nuint)_buffer.Length);
        if (n >= 0)
            return _buffer.AsSpan(0, (int)n).ToArray();
        return System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == Libc.EAGAIN ? null : throw Libc.Failed("read AF_PACKET");
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Libc.close(_fd);

    private void Set(int level, int option, int value, string name)
    {
        if (Libc.setsockopt(_fd, level, option, &value, sizeof(int)) < 0)
            throw Libc.Failed(name);
    }
}
