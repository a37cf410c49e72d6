using System.Runtime.ExceptionServices;
using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Pipelines;

/// <summary>
/// Reads, works and writes side by side: windows and batches go around two rings, so no stage is more than a ring ahead and memory stays
/// constant. A capture of one window is handled by the caller's thread alone, since threads would cost more than they give.
/// </summary>
/// <remarks>
/// <code>
///    ┌────────────────────────── windows ───────────────────────────┐
///    ▼                                                              │
///   free ──► read ──► filled ──► work ──► ready ──► write ──► ──────┤
///            (thread)           (caller)           (thread)         │
///                                 ▲                                 │
///                                spare ◄──────── batches ───────────┘
/// </code>
/// The first exception of any stage ends all of them, and is thrown to the caller once the threads have stopped.
/// </remarks>
internal sealed class WindowPipeline(
    Func<CaptureWindow, bool> read, WindowWork work, Action<OutputBatch> write, CancellationToken cancellation)
{
    /// <summary>One in each stage, and one on the way.</summary>
    private const int RingSize = 4;

    private readonly HandOver<CaptureWindow> _free = new();
    private readonly HandOver<CaptureWindow> _filled = new();
    private readonly HandOver<PipelineBatch> _spare = new();
    private readonly HandOver<PipelineBatch> _ready = new();
    private ExceptionDispatchInfo? _failure;

    /// <summary>Runs until the capture ends.</summary>
    public void Run()
    {
        var window = new CaptureWindow();
        if (!read(window))
            return;
        if (window.IsLast)
            RunAlone(window);
        else
            RunThreads(window);
    }

    private void RunAlone(CaptureWindow window)
    {
        var batch = new PipelineBatch();
        do
        {
            cancellation.ThrowIfCancellationRequested();
            for (bool whole = work.Start(window, batch.Output); ; whole = work.Continue(batch.Output))
            {
                write(batch.Output);
                if (whole)
                    break;
            }
        }
        while (read(window));
    }

    private void RunThreads(CaptureWindow first)
    {
        _filled.TryAdd(first);
        for (int i = 1; i < RingSize; i++)
            _free.TryAdd(new CaptureWindow());
        for (int i = 0; i < RingSize; i++)
            _spare.TryAdd(new PipelineBatch());
        Thread reader = Start("capture reader", Read);
        Thread writer = Start("capture writer", Write);
        Guard(Work);
        reader.Join();
        writer.Join();
        _failure?.Throw();
    }

    private void Read()
    {
        while (_free.Take() is { } window)
        {
            if (!read(window) || !_filled.TryAdd(window))
                break;
        }
        _filled.Close();
    }

    private void Work()
    {
        while (_filled.Take() is { } window && _spare.Take() is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            bool whole = work.Start(window, batch.Output);
            while (!whole)
            {
                batch.Finished = null;
                if (!_ready.TryAdd(batch) || _spare.Take() is not { } next)
                    return;
                batch = next;
                whole = work.Continue(batch.Output);
            }
            batch.Finished = window;
            if (!_ready.TryAdd(batch))
                return;
        }
        _ready.Close();
    }

    private void Write()
    {
        while (_ready.Take() is { } batch)
        {
            write(batch.Output);
            CaptureWindow? finished = batch.Finished;
            _spare.TryAdd(batch);
            if (finished is not null)
                _free.TryAdd(finished);
        }
    }

    private Thread Start(string name, Action body)
    {
        var thread = new Thread(() => Guard(body)) { Name = name, IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Guard(Action body)
    {
        try
        {
            body();
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            _free.Close();
            _filled.Close();
            _spare.Close();
            _ready.Close();
        }
    }
}
