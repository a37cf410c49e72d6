using System.Runtime.InteropServices;

namespace Wiretrue.Tool;

/// <summary>
/// Turns SIGINT, SIGTERM and SIGHUP into a request to stop, so that nothing half-written stays behind. Work that does not hear it in time, because it waits
/// for a pipe that nobody writes to, is ended after a last clean-up.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _code;

    /// <summary>Starts to listen.</summary>
    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, ExitCode.Terminated)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(context, ExitCode.HungUp)),
    ];

    /// <summary>Asks the work to stop.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>What must be taken away when the work cannot be stopped in good order: the unfinished output.</summary>
    public IDisposable? Unfinished { get; set; }

    /// <summary>The exit code for the signal that came.</summary>
    public int Code => _code;

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        _ended.Set();
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context, int code)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _code, code, 0) == 0)
        {
            _stop.Cancel();
            if (_ended.Wait(Patience))
            {
                return;
            }
        }

        // Asked for twice, or not heard.
        Unfinished?.Dispose();
        Environment.Exit(code);
    }
}
