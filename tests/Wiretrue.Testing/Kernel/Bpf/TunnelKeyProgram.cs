using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using static Wiretrue.Testing.Kernel.Bpf.BpfRegister;

namespace Wiretrue.Testing.Kernel.Bpf;

/// <summary>
/// A program that sends what an interface receives into a tunnel device, with what the device reads from each packet: a mark, and where the
/// tunnel ends.
/// </summary>
/// <remarks>
/// <code>
///  0      4         8       16       20          36    37    38     40      44          60
///  +------+---------+-------+--------+-----------+-----+-----+------+-------+-----------+
///  | mark | ifindex | flags | number | remote IP | TOS | TTL | zero | label | local IP  |   struct bpf_tunnel_key, from 16 on
///  +------+---------+-------+--------+-----------+-----+-----+------+-------+-----------+
/// </code>
/// All in this machine's byte order but IPv6 addresses, which stand as on the wire.
/// </remarks>
internal sealed class TunnelKeyProgram : IDisposable
{
    private const short MarkOffset = 0, DeviceOffset = 4, FlagsOffset = 8, KeyOffset = 16;
    private const int RemoteOffset = KeyOffset + 4, LocalOffset = KeyOffset + 28, KeyLength = 44;

    // struct __sk_buff.
    private const short MarkOfPacket = 8;

    // BPF_F_TUNINFO_IPV6, BPF_F_ZERO_CSUM_TX.
    private const ulong OverIPv6 = 1, WithoutChecksum = 2;

    // TC_ACT_SHOT.
    private const int Drop = 2;

    private readonly BpfObject _value = BpfObject.CreateValue(KeyOffset + KeyLength);
    private readonly byte[] _bytes = new byte[KeyOffset + KeyLength];
    private readonly BpfObject _program;
    private readonly BpfObject _link;

    /// <summary>Loads it, and has it run on what <paramref name="from"/> receives.</summary>
    /// <param name="from">An interface.</param>
    /// <param name="to">The tunnel device.</param>
    /// <param name="setsKey">The device reads the tunnel's ends from the packet (<c>external</c>).</param>
    public TunnelKeyProgram(string from, string to, bool setsKey)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(DeviceOffset), NetworkInterface.IndexOf(to));
        var code = new BpfAssembler();
        code.FindValue(_value.Descriptor);
        code.Load(R1, R7, MarkOffset);
        code.Store(R6, MarkOfPacket, R1);
        if (setsKey)
            SetKey(code);
        code.Load(R1, R7, DeviceOffset);
        code.Move(R2, 0);
        code.Call(BpfHelperFunction.Redirect);
        code.Exit();
        code.Fail(Drop);
        _program = BpfObject.Load(BpfProgramType.SchedulerClassifier, code);
        _link = _program.AttachToIngress(from);
        _value.Set(_bytes);
    }

    /// <summary>What all packets are marked with from now on: for VXLAN with group policy, the group.</summary>
    public void SetMark(uint mark)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(MarkOffset), mark);
        _value.Set(_bytes);
    }

    /// <summary>Where the tunnel leads from now on.</summary>
    public void SetKey(uint number, IPAddress local, IPAddress remote, bool checksum, byte typeOfService = 0, byte timeToLive = 0)
    {
        bool isIPv6 = remote.AddressFamily == AddressFamily.InterNetworkV6;
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(FlagsOffset), (isIPv6 ? OverIPv6 : 0) | (checksum ? 0 : WithoutChecksum));
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(KeyOffset), number);
        Write(remote, _bytes.AsSpan(RemoteOffset, 16));
        Write(local, _bytes.AsSpan(LocalOffset, 16));
        _bytes[RemoteOffset + 16] = typeOfService;
        _bytes[RemoteOffset + 17] = timeToLive;
        _value.Set(_bytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _link.Dispose();
        _program.Dispose();
        _value.Dispose();
    }

    private static void SetKey(BpfAssembler code)
    {
        code.Move(R1, R6);
        code.Move(R2, R7);
        code.Increase(R2, KeyOffset);
        code.Move(R3, KeyLength);
        code.LoadLong(R4, R7, FlagsOffset);
        code.Call(BpfHelperFunction.SetTunnelKey);
        code.FailUnless(R0, 0);
    }

    private static void Write(IPAddress address, Span<byte> bytes)
    {
        byte[] wire = address.GetAddressBytes();
        if (wire.Length == 16)
            wire.CopyTo(bytes);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, BinaryPrimitives.ReadUInt32BigEndian(wire));
    }
}
