namespace Wiretrue.Captures.Tunnelling;

/// <summary>What went into the tunnel.</summary>
public sealed class EncapsulationReport : CaptureReport
{
    private readonly long[] _byFault = new long[(int)EncapsulationFault.Refused + 1];

    /// <summary>Packets that went in.</summary>
    public long Encapsulated { get; internal set; }

    /// <summary>Checksums that are left to the receiver by remote checksum offload.</summary>
    public long RemoteChecksums { get; internal set; }

    /// <summary>Why the others did not, with how many for each reason.</summary>
    public IEnumerable<KeyValuePair<EncapsulationFault, long>> Others => Enumerable.Range(0, _byFault.Length)
        .Where(fault => _byFault[fault] > 0).Select(fault => KeyValuePair.Create((EncapsulationFault)fault, _byFault[fault]));

    internal void Count(EncapsulationFault fault) => _byFault[(int)fault]++;
}
