using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Receive.Coalescing;

/// <summary>A frame of TCP, as the fields that it is built from.</summary>
internal sealed record Segment
{
    /// <summary>The IP header.</summary>
    public IPFields IP { get; init; } = new IPv4Fields();

    /// <summary>The TCP header.</summary>
    public TcpFields Tcp { get; init; } = new();

    /// <summary>The payload.</summary>
    public byte[] Payload { get; init; } = [];

    /// <summary>VLAN tags in the bytes, from the outside in.</summary>
    public (ushort Tpid, ushort Tci)[] Tags { get; init; } = [];

    /// <summary>Bytes behind the packet that belong to the link alone.</summary>
    public int Padding { get; init; }

    /// <summary>The frame.</summary>
    public byte[] Build() => [.. Frames.Ethernet(Frames.Tcp(IP, Tcp, Payload), Tags), .. new byte[Padding]];

    /// <summary>The same with other flags beside ACK.</summary>
    public Segment WithFlags(int flags) => this with { Tcp = Tcp with { Flags = (ushort)(TcpFields.Ack | flags) } };

    /// <summary>
    /// <paramref name="count"/> segments of <paramref name="size"/> bytes in order, each with the next sequence number and identification.
    /// </summary>
    public static List<Segment> InOrder(int count, int size = 100, IPFields? ip = null, TcpFields? tcp = null)
    {
        ip ??= new IPv4Fields();
        tcp ??= new TcpFields();
        byte[] payload = Frames.Payload(count * size);
        var segments = new List<Segment>();
        for (int i = 0; i < count; i++)
        {
            segments.Add(new Segment
            {
                IP = ip is IPv4Fields ipv4 ? ipv4 with { Id = (ushort)(ipv4.Id + i) } : ip,
                Tcp = tcp with { Sequence = tcp.Sequence + (uint)(i * size) },
                Payload = payload[(i * size)..((i + 1) * size)],
            });
        }
        return segments;
    }
}
