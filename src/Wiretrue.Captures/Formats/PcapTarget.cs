using Wiretrue.Headers;

namespace Wiretrue.Captures.Formats;

/// <summary>What a pcap must be to hold a pcapng's packets: pcap has one link type and one unit of time.</summary>
/// <param name="LinkType">What the packets begin with.</param>
/// <param name="Nanoseconds">Some timestamps are finer than a microsecond.</param>
/// <param name="FcsLength">Bytes of frame check sequence at each packet's end, 0 when unknown.</param>
/// <param name="SnapLength">Most bytes captured of one packet.</param>
public readonly record struct PcapTarget(LinkType LinkType, bool Nanoseconds, byte FcsLength, uint SnapLength)
{
    /// <summary>What <c>tcpdump</c> writes where no limit was asked for.</summary>
    public const uint DefaultSnapLength = 262_144;

    /// <summary>Reads a pcapng to its end to know what its pcap must be, before anything is written.</summary>
    /// <exception cref="CaptureFormatException">Its packets are of several link types, so that no pcap can hold them.</exception>
    /// <param name="reader">The capture.</param>
    /// <param name="links">What becomes of a link type in the pcap; null when each stays what it is.</param>
    public static PcapTarget Of(CaptureReader reader, Func<LinkType, LinkType>? links = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        CaptureWindow window = new();
        PcapTarget? target = null;
        while (ReadOn(reader, window)) target = Widen(target, window, reader.Name, links);
        return target ?? Nothing;
    }

    /// <summary>For a capture of no packets.</summary>
    internal static PcapTarget Nothing => new(LinkType.Ethernet, false, 0, DefaultSnapLength);

    /// <summary>The target that holds this window's packets too.</summary>
    internal static PcapTarget? Widen(PcapTarget? known, CaptureWindow window, string name, Func<LinkType, LinkType>? links = null)
    {
        int last = -1;
        for (int i = 0; i < window.Records.Length; i++)
        {
            ref readonly CaptureRecord record = ref window.Records[i];
            if (record.Interface == last) continue;
            last = record.Interface;
            CaptureInterface described = window.Interfaces[last];
            if (links is not null) described = described with { LinkType = links(described.LinkType), FcsLength = 0 };
            known ??= new PcapTarget(described.LinkType, false, described.FcsLength, DefaultSnapLength);
            if (known.Value.LinkType != described.LinkType)
            {
                Throw.Format(name, window.FileOffset + record.BlockOffset, window.FirstPacketNumber + i,
                    $"packets of link types {(int)known.Value.LinkType} and {(int)described.LinkType}, where a pcap holds one",
                    "write pcapng");
            }

            known = known.Value with
            {
                Nanoseconds = known.Value.Nanoseconds || described.Resolution.IsFinerThanMicroseconds,
                FcsLength = known.Value.FcsLength == described.FcsLength ? described.FcsLength : (byte)0,
                SnapLength = Math.Max(known.Value.SnapLength, Math.Min(described.SnapLength, int.MaxValue)),
            };
        }

        return known;
    }

    private static bool ReadOn(CaptureReader reader, CaptureWindow window)
    {
        try
        {
            return reader.Read(window);
        }
        catch (CaptureFormatException)
        {
            // Damage ends this look ahead; it is told of when the packets are read in earnest.
            return false;
        }
    }
}
