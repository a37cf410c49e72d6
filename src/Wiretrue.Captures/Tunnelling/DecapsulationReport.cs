namespace Wiretrue.Captures.Tunnelling;

/// <summary>What came out of tunnels.</summary>
public sealed class DecapsulationReport : CaptureReport
{
    private readonly long[] _byKind = new long[32];
    private readonly long[] _byFault = new long[(int)PeelFault.NoLink + 1];

    /// <summary>Packets that something was taken out of.</summary>
    public long Decapsulated { get; internal set; }

    /// <summary>Checksums that were left to the receiver by remote checksum offload, and are complete now.</summary>
    public long RemoteChecksums { get; internal set; }

    /// <summary>Those that could not be completed, since not all of their bytes were captured.</summary>
    public long RemoteChecksumsLeft { get; internal set; }

    /// <summary>The kinds of tunnels that were taken off, with how many of each.</summary>
    public IEnumerable<KeyValuePair<TunnelKind, long>> Kinds => Enumerable.Range(0, _byKind.Length)
        .Where(bit => _byKind[bit] > 0).Select(bit => KeyValuePair.Create((TunnelKind)(1 << bit), _byKind[bit]));

    /// <summary>Why nothing was taken out of the other packets, with how many for each reason.</summary>
    public IEnumerable<KeyValuePair<PeelFault, long>> Others => Enumerable.Range(0, _byFault.Length)
        .Where(fault => _byFault[fault] > 0).Select(fault => KeyValuePair.Create((PeelFault)fault, _byFault[fault]));

    internal void Count(TunnelKind kind) => _byKind[int.Log2((int)kind)]++;

    internal void Count(PeelFault fault) => _byFault[(int)fault]++;
}
