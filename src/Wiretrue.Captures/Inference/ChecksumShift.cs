namespace Wiretrue.Captures.Inference;

/// <summary>
/// Tells rewriting from corruption: after addresses or ports were rewritten, every checksum of the flow is off by one constant. A wrong
/// one waits for another that is off by as much.
/// </summary>
/// <remarks>
/// The other has to hold a different value in its field: two corrupt copies of one packet are off by as much, and prove nothing.
/// </remarks>
internal struct ChecksumShift
{
    private ushort _fromGood;
    private ushort _fromPartial;
    private ushort _field;
    private State _state;
    private int _window;
    private int _waitingHere;
    private int _waitingBefore;

    private enum State : byte
    {
        None,
        Waiting,
        Rewritten,
        RewrittenPartial,
    }

    /// <summary>Learns from one wrong checksum.</summary>
    /// <param name="off">By how much it is off.</param>
    /// <param name="window">Number of the window that it is in.</param>
    /// <returns>
    /// How many of earlier windows are now known to have been off by as much; those of the same window can be judged anew.
    /// </returns>
    public int Learn(ChecksumOffset off, int window)
    {
        if (_state is State.Rewritten or State.RewrittenPartial)
            return 0;
        bool good = off.FromGood == _fromGood, partial = off.FromPartial == _fromPartial;
        if (_state == State.Waiting && (good || partial))
        {
            if (off.Field != _field)
            {
                _state = good ? State.Rewritten : State.RewrittenPartial;
                return _window == window ? _waitingBefore : _waitingBefore + _waitingHere;
            }
            if (_window != window)
                (_waitingBefore, _waitingHere, _window) = (_waitingBefore + _waitingHere, 0, window);
            _waitingHere++;
            return 0;
        }
        (_state, _fromGood, _fromPartial, _field) = (State.Waiting, off.FromGood, off.FromPartial, off.Field);
        (_window, _waitingHere, _waitingBefore) = (window, 1, 0);
        return 0;
    }

    /// <summary>Judges one wrong checksum by all that was learned.</summary>
    public readonly CapturedChecksum Judge(ChecksumOffset off) => _state switch
    {
        State.Rewritten when off.FromGood == _fromGood => CapturedChecksum.Rewritten,
        State.RewrittenPartial when off.FromPartial == _fromPartial => CapturedChecksum.RewrittenPartial,
        _ => CapturedChecksum.Bad,
    };
}
