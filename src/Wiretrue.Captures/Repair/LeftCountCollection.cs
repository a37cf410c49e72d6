using System.Collections;
using Wiretrue.Captures.Inference;

namespace Wiretrue.Captures.Repair;

/// <summary>How many packets were left alone for each reason. It holds the reasons that there were, in the order of <see cref="LeftReason"/>.</summary>
public sealed class LeftCountCollection : IReadOnlyCollection<KeyValuePair<LeftReason, long>>
{
    // One place for each reason. Asking the runtime how many there are takes longer than a small repair does to count.
    private readonly long[] _counts = new long[(int)LeftReason.Adler32 + 1];

    internal LeftCountCollection()
    {
    }

    /// <summary>How many reasons there were.</summary>
    public int Count
    {
        get
        {
            int reasons = 0;
            foreach (long count in _counts)
                reasons += count > 0 ? 1 : 0;
            return reasons;
        }
    }

    /// <summary>Packets left for this reason; 0 when there was none.</summary>
    public long this[LeftReason reason]
    {
        get => _counts[(int)reason];
        internal set => _counts[(int)reason] = value;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<LeftReason, long>> GetEnumerator()
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] > 0)
                yield return new((LeftReason)i, _counts[i]);
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
