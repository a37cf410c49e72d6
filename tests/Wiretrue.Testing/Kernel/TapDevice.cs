using System.Buffers.Binary;
using System.Text;
using Wiretrue.Testing.Interop;

namespace Wiretrue.Testing.Kernel;

/// <summary>A TAP interface with a virtio-net header before every frame (<c>IFF_TAP | IFF_NO_PI | IFF_VNET_HDR</c>, linux/if_tun.h).</summary>
public sealed unsafe class TapDevice : IDisposable
{
    private const nuint TUNSETIFF = 0x400454ca;
    private const nuint TUNSETOFFLOAD = 0x400454d0;
    private const nuint TUNSETVNETHDRSZ = 0x400454d8;
    private const ushort IFF_TAP = 0x0002;
    private const ushort IFF_NAPI = 0x0010;
    private const ushort IFF_NO_PI = 0x1000;
    private const ushort IFF_VNET_HDR = 0x4000;
    private const int IfReqLength = 40;
    private const int IfReqFlags = 16;

    // Beyond 64 KiB, so that BIG TCP goes through.
    private const int LongestFrame = 256 * 1024;

    private readonly int _fd;
    private readonly byte[] _buffer = new byte[VnetHeader.Length + LongestFrame];

    private readonly int _headerLength;

    private TapDevice(int fd, string name, int headerLength)
    {
        _fd = fd;
        Name = name;
        _headerLength = headerLength;
    }

    /// <summary>The interface's name.</summary>
    public string Name { get; }

    /// <summary>Makes the interface.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="offloads">The <c>TUN_F_*</c> bits of what its reader takes undone: 0 for nothing.</param>
    /// <param name="headerLength">
    /// Bytes of the header before every frame: <see cref="VnetHeader.Length"/> to write tunnels' super-frames. A read of a tunnelled
    /// frame fails with that length unless the reader takes tunnels undone.
    /// </param>
    /// <param name="isPolled">What is written waits for a poll, which coalesces it (<c>IFF_NAPI</c>).</param>
    public static TapDevice Create(string name, uint offloads, int headerLength, bool isPolled = false)
    {
        int fd = Libc.open("/dev/net/tun", Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
        if (fd < 0)
            throw Libc.Failed("open /dev/net/tun");
        var tap = new TapDevice(fd, name, headerLength);
        try
        {
            Span<byte> request = stackalloc byte[IfReqLength];
            request.Clear();
            ushort flags = (ushort)(IFF_TAP | IFF_NO_PI | IFF_VNET_HDR | (isPolled ? IFF_NAPI : 0));
            Encoding.ASCII.GetBytes(name, request[..(IfReqFlags - 1)]);
            BinaryPrimitives.WriteUInt16LittleEndian(request[IfReqFlags..], flags);
            int length = headerLength;
            // The kernel reads 40 and 4 bytes: the lengths of the two locals.
            fixed (byte* p = request)
            {
                if (Libc.ioctl(fd, TUNSETIFF, p) < 0)
                    throw Libc.Failed("TUNSETIFF");
            }
            if (Libc.ioctl(fd, TUNSETVNETHDRSZ, (byte*)&length) < 0)
                throw Libc.Failed("TUNSETVNETHDRSZ");
            if (!tap.TrySetOffloads(offloads))
                throw Libc.Failed("TUNSETOFFLOAD");
            return tap;
        }
        catch
        {
            tap.Dispose();
            throw;
        }
    }

    /// <summary>Says anew what the reader takes undone. False when the kernel refuses those together: then it stays as it was.</summary>
    public bool TrySetOffloads(uint offloads) => Libc.ioctl(_fd, TUNSETOFFLOAD, (nint)offloads) >= 0;

    /// <summary>Puts a frame on the wire side of the interface: the kernel receives it. False when the kernel refuses the header.</summary>
    public bool TryWrite(in VnetHeader header, ReadOnlySpan<byte> frame)
    {
        int length = _headerLength + frame.Length;
        if (length > _buffer.Length)
            return false;
        // As much of it as there is room for: the frame overwrites the rest.
        header.Write(_buffer);
        frame.CopyTo(_buffer.AsSpan(_headerLength));
        // length ≤ the buffer's, checked above.
        fixed (byte* p = _buffer)
            return Libc.write(_fd, p, (nuint)length) == length;
    }

    /// <summary>Takes a frame that the kernel sent, if there is one.</summary>
    public byte[]? TryRead(out VnetHeader header) => TryTake(out header, out ReadOnlySpan<byte> frame) ? frame.ToArray() : null;

    /// <summary>As <see cref="TryRead"/>, without a copy: the frame stands until the next call of any kind.</summary>
    public bool TryTake(out VnetHeader header, out ReadOnlySpan<byte> frame)
    {
        header = default;
        frame = default;
        nint n;
        fixed (byte* p = _buffer)
            n = Libc.read(_fd, p, (nuint)_buffer.Length);
        if (n < _headerLength)
            return n < 0 && System.Runtime.InteropServices.Marshal.GetLastPInvokeError() != Libc.EAGAIN ? throw Libc.Failed("read") : false;
        header = VnetHeader.Read(_buffer.AsSpan(0, _headerLength));
        frame = _buffer.AsSpan(_headerLength, (int)n - _headerLength);
        return true;
    }

    /// <summary>Waits until there is a frame to take, so long at the most.</summary>
    public void WaitToRead(TimeSpan limit)
    {
        var descriptor = new PollDescriptor { Descriptor = _fd, Events = Libc.POLLIN };
        _ = Libc.poll(&descriptor, 1, (int)limit.TotalMilliseconds);
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Libc.close(_fd);
}
