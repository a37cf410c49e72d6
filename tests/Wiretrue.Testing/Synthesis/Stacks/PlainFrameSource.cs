namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>Seeded random super-frames with any stack of headers: links, tags, labels, tunnels, options and extension headers.</summary>
public sealed class PlainFrameSource(Random random)
{
    private static readonly PlainHeader[] NoHeaders = [];

    private bool _hasUdpChecksum;
    private bool _hasGreChecksum;

    /// <summary>A super-frame of TCP or UDP with this many tunnels around it.</summary>
    public PlainFrame Next(int tunnels) => Next(tunnels, NextTransport());

    /// <summary>A super-frame of this transport with this many tunnels around it.</summary>
    public PlainFrame Next(int tunnels, PlainHeader transport) => new(NextHeaders(tunnels, transport), NextPayload());

    /// <summary>The headers of such a super-frame.</summary>
    public List<PlainHeader> NextHeaders(int tunnels, PlainHeader transport)
    {
        // One bit of the state speaks of all, when there are several of a kind.
        _hasUdpChecksum = Chance(2);
        _hasGreChecksum = Chance(2);
        bool canFix = transport is PlainTcp;
        List<PlainHeader> headers = [.. NextLink(), NextIP(canFix && Chance(8))];
        bool isFixed = canFix && Chance(8);
        for (int i = 0; i < tunnels; i++)
            headers.AddRange([.. tunnels == 1 && transport is not PlainSctp && Chance(10) ? NextRemote() : NextTunnel(), NextIP(isFixed)]);
        headers.Add(transport);
        return headers;
    }

    /// <summary>How to cut <paramref name="frame"/>: into 300 segments at most, most often into few.</summary>
    public int NextSize(PlainFrame frame)
    {
        int length = frame.Payload.Length;
        int least = (length + 299) / 300;
        return Math.Max(least, random.Next(6) switch
        {
            0 => random.Next(1, 64),
            1 => length + random.Next(-1, 2),
            2 => random.Next(1, length + 100),
            3 => length / random.Next(1, 10),
            _ => 1448,
        });
    }

    /// <summary>Everything before the outermost IP header.</summary>
    public List<PlainHeader> NextLink()
    {
        List<PlainHeader> headers = NextEthernet();
        switch (random.Next(8))
        {
            case 0:
                headers.Add(new PlainPppoe((ushort)random.Next(65536)));
                break;
            case 1:
                headers.AddRange(NextLabels());
                break;
            case 2 when Chance(2):
                headers.Add(NextNsh());
                break;
            default:
                break;
        }
        return headers;
    }

    /// <summary>Everything between two IP headers; nothing, when one follows the other.</summary>
    public List<PlainHeader> NextTunnel()
    {
        switch (random.Next(12))
        {
            case 0:
                return [];
            case 1 or 2:
                return [NextGre(), .. NextInside()];
            case 3:
                return [NextUdp(), new PlainGtpU((uint)random.Next())];
            case 4:
                return [NextUdp(), new PlainVxlanGpe(random.Next(1 << 24)), .. Chance(3) ? [NextNsh()] : NoHeaders, .. NextInside()];
            case 5 or 6:
                return [NextUdp(), new PlainGeneve(random.Next(1 << 24), NextGeneveOptions()), .. NextInside()];
            case 7:
                return [NextUdp(), .. NextLabels()];
            // FOU, and GUE of both variants.
            case 8:
                return [NextUdp()];
            case 9:
                return [NextUdp() with { FixedPort = 6080 }];
            case 10:
                return [NextUdp(), new PlainGue()];
            default:
                return [NextUdp(), new PlainVxlan(random.Next(1 << 24), Chance(4) ? (ushort)random.Next(65536) : null), .. NextEthernet()];
        }
    }

    /// <summary>A tunnel that leaves the checksum inside to the receiver; without one of its own, nothing would protect the payload.</summary>
    public List<PlainHeader> NextRemote()
    {
        _hasUdpChecksum = true;
        return Chance(2)
            ? [NextUdp(), new PlainVxlan(random.Next(1 << 24), HasRemoteChecksum: true), .. NextEthernet()]
            : [NextUdp(), new PlainGue(HasRemoteChecksum: true)];
    }

    /// <summary>An IP header.</summary>
    public PlainIP NextIP(bool hasFixedId = false)
    {
        if (Chance(2))
        {
            return new PlainIP(new IPv6Fields
            {
                FlowLabel = random.Next(1 << 20),
                HopLimit = (byte)random.Next(1, 256),
                TrafficClass = (byte)random.Next(256),
                Extensions = NextExtensions(),
            });
        }
        byte[] options = Chance(4) ? new byte[4 * random.Next(1, 11)] : [];
        options.AsSpan().Fill(1);
        var fields = new IPv4Fields
        {
            Id = Chance(4) ? (ushort)(65535 - random.Next(20)) : (ushort)random.Next(65536),
            DontFragment = Chance(2),
            HopLimit = (byte)random.Next(1, 256),
            TrafficClass = (byte)random.Next(256),
            Options = options,
        };
        return new PlainIP(fields, hasFixedId);
    }

    /// <summary>TCP with any flags and options, or UDP with a checksum.</summary>
    public PlainHeader NextTransport()
    {
        if (Chance(3))
            return NextDatagram();
        byte[] options = Chance(2) ? TcpFields.Timestamps : new byte[4 * random.Next(11)];
        if (options.Length > 0 && options[0] == 0)
            options.AsSpan().Fill(1);
        var fields = new TcpFields
        {
            SourcePort = (ushort)random.Next(1024, 65536),
            DestinationPort = (ushort)random.Next(1, 65536),
            Sequence = Chance(4) ? uint.MaxValue - (uint)random.Next(70000) : (uint)random.NextInt64(1L << 32),
            Acknowledgment = (uint)random.NextInt64(1L << 32),
            Flags = (ushort)random.Next(0x1000),
            Window = (ushort)random.Next(65536),
            UrgentPointer = (ushort)random.Next(65536),
            Options = options,
        };
        return new PlainTcp(fields, HasAccurateEcn: Chance(8));
    }

    /// <summary>UDP with a checksum.</summary>
    public PlainUdp NextDatagram() => new(NextPorts());

    /// <summary>Random bytes, or all zeros or all ones, which make sums of zero; short, middling, or nearly as long as IP can say.</summary>
    public byte[] NextPayload()
    {
        byte[] payload = new byte[random.Next(20) switch
        {
            0 => random.Next(30_000, 64_000),
            < 6 => random.Next(1, 12_000),
            < 9 => random.Next(1, 100),
            _ => random.Next(1, 4_000),
        }];
        switch (random.Next(4))
        {
            case 0: payload.AsSpan().Fill(0xFF); break;
            case 1: break;
            default: random.NextBytes(payload); break;
        }
        return payload;
    }

    private List<PlainHeader> NextEthernet()
    {
        List<PlainHeader> headers = [new PlainEthernet()];
        for (int tags = Chance(4) ? random.Next(1, 4) : 0; tags > 0; tags--)
            headers.Add(new PlainVlan(tags > 1 ? (ushort)0x88A8 : (ushort)0x8100, (ushort)random.Next(65536)));
        return headers;
    }

    private IEnumerable<PlainHeader> NextLabels() =>
        Enumerable.Range(0, random.Next(1, 4)).Select(_ => new PlainMpls(random.Next(16, 1 << 20)));

    private PlainNsh NextNsh() => new((uint)random.Next(), Chance(2) ? new byte[4 * random.Next(8)] : null);

    private List<PlainHeader> NextInside() => Chance(2) ? NextEthernet() : [];

    private PlainGre NextGre() => new(_hasGreChecksum, Chance(2) ? (uint)random.Next() : null);

    private PlainUdp NextUdp() => new(NextPorts() with { Checksum = _hasUdpChecksum ? FieldChecksum.Good : FieldChecksum.Zero });

    // Out of the way of the tunnels' ports.
    private UdpFields NextPorts() =>
        new() { SourcePort = (ushort)random.Next(10000, 65536), DestinationPort = (ushort)random.Next(10000, 65536) };

    private byte[] NextGeneveOptions()
    {
        var options = new List<byte>();
        for (int count = random.Next(4); count > 0; count--)
        {
            byte[] data = new byte[4 * random.Next(16)];
            random.NextBytes(data);
            options.AddRange([1, 2, 0x40, (byte)(data.Length / 4), .. data]);
        }
        return [.. options];
    }

    private List<(byte, byte[])> NextExtensions()
    {
        var chain = new List<(byte, byte[])>();
        if (Chance(6))
            chain.Add((0, SkippedOptions()));
        if (Chance(6))
            chain.Add((60, SkippedOptions()));
        // A routing header of an unknown type with nothing left to visit: to be passed over (RFC 8200 4.4).
        if (Chance(6))
            chain.Add((43, [0, 0, 253, 0, 0, 0, 0, 0]));
        if (Chance(6))
            chain.Add((60, SkippedOptions()));
        return chain;
    }

    // An options header with an experimental option that is to be skipped (RFC 4727 3.4): Linux drops what is padded with more than
    // seven bytes.
    private byte[] SkippedOptions()
    {
        int units = random.Next(4);
        byte[] header = new byte[8 * (units + 1)];
        header[1] = (byte)units;
        header[2] = 0x1E;
        header[3] = (byte)(header.Length - 4);
        return header;
    }

    private bool Chance(int oneOf) => random.Next(oneOf) == 0;
}
