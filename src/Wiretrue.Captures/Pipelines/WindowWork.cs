using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Pipelines;

/// <summary>What becomes of a capture, window by window: the middle stage of a <see cref="WindowPipeline"/>.</summary>
internal abstract class WindowWork(CaptureReport report, RecordEmitter emitter)
{
    private int _next;

    /// <summary>The window that is worked on.</summary>
    protected CaptureWindow Window { get; private set; } = new();

    /// <summary>What goes into the window's place.</summary>
    protected RecordEmitter Emitter => emitter;

    /// <summary>Works on a window, into a batch. False when the batch is full before the window's end: <see cref="Continue"/> in another.</summary>
    public bool Start(CaptureWindow window, OutputBatch batch)
    {
        Window = window;
        _next = 0;
        Enter();
        report.InPackets += window.Records.Length;
        report.InBytes += window.Length;
        emitter.Begin(window, batch);
        return Advance(batch);
    }

    /// <summary>Goes on where the last batch was full.</summary>
    public bool Continue(OutputBatch batch)
    {
        emitter.ContinueIn(batch);
        return Advance(batch);
    }

    /// <summary>A new window is <see cref="Window"/>; none of it is written yet.</summary>
    protected virtual void Enter()
    {
    }

    /// <summary>Works on the window's record of this number, and on those after it that go with it.</summary>
    /// <returns>The number of the record to go on with: a later one.</returns>
    protected abstract int Work(int record);

    private bool Advance(OutputBatch batch)
    {
        int count = Window.Records.Length;
        while (_next < count)
        {
            _next = Work(_next);
            if (batch.IsFull)
                return false;
        }
        emitter.End();
        return true;
    }
}
