using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>The labels that a tunnel puts before its packets, and takes off them.</summary>
/// <remarks>RFC 3032 2.1 and 2.4.</remarks>
internal readonly struct MplsLabelStack
{
    private const int TimeToLiveOffset = 3;

    private readonly MplsLabel[] _labels;

    public MplsLabelStack(IReadOnlyList<MplsLabel> labels) => _labels = [.. labels];

    /// <summary>True when there are none.</summary>
    public bool IsEmpty => _labels.Length == 0;

    /// <summary>Bytes of all of them.</summary>
    public int Length => _labels.Length * MplsHeader.Size;

    /// <summary>Writes them, the last one marked as the last; those with the inner packet's time to live have 0.</summary>
    public void Write(Span<byte> bytes)
    {
        for (int i = 0; i < _labels.Length; i++)
        {
            new MplsHeaderFields(_labels[i].Value, _labels[i].TrafficClass, i == _labels.Length - 1, _labels[i].TimeToLive ?? 0)
                .Write(bytes[(i * MplsHeader.Size)..]);
        }
    }

    /// <summary>Fills in the inner packet's time to live where a label has that.</summary>
    public void Propagate(Span<byte> bytes, byte timeToLive)
    {
        for (int i = 0; i < _labels.Length; i++)
        {
            if (_labels[i].TimeToLive is null)
                bytes[(i * MplsHeader.Size) + TimeToLiveOffset] = timeToLive;
        }
    }

    /// <summary>Goes over the labels at <paramref name="offset"/> to the last one.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="offset">Where they begin.</param>
    /// <param name="end">One past the last byte that may be theirs.</param>
    /// <param name="inside">Where what is behind them begins.</param>
    /// <param name="label">The outermost.</param>
    /// <returns>The fault, when the last one is not there.</returns>
    public static Decapsulation Skip(Packet packet, int offset, int end, out int inside, out int label)
    {
        label = -1;
        inside = offset;
        bool isBottom = false;
        while (!isBottom)
        {
            if (end - inside < MplsHeader.Size || !packet.EnsureLinear(inside + MplsHeader.Size)
                || !MplsHeader.TryCreate(packet.Linear[inside..], out MplsHeader entry))
            {
                return new Decapsulation(DecapsulationFault.TooShort, LayerKind.Mpls, inside);
            }
            if (label < 0)
                label = entry.Label;
            isBottom = entry.IsBottom;
            inside += MplsHeader.Size;
        }
        return default;
    }
}
