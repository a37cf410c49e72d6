using System.Runtime.CompilerServices;
using Spectre.Console;

namespace Wiretrue.Tool.Output;

/// <summary>
/// A bar with rate and time left on stderr, for as long as it is not disposed. It comes up only when the work takes longer than a glance, so a short
/// run never loads Spectre.Console.
/// </summary>
internal sealed class TerminalProgress : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim _done = new();
    private readonly Thread _thread;

    private TerminalProgress(string name, long? total, Func<long> position, bool colored)
    {
        _thread = new Thread(() =>
        {
            if (!_done.Wait(Glance))
            {
                Draw(name, total, position, colored, _done);
            }
        })
        {
            IsBackground = true,
            Name = "progress",
        };
        _thread.Start();
    }

    /// <summary>Starts to watch, when there is a terminal to show it on.</summary>
    /// <param name="name">What is worked on.</param>
    /// <param name="total">How far there is to go, in bytes of the input file; null when nobody knows.</param>
    /// <param name="position">How far it has come. Called by another thread.</param>
    /// <param name="colored">Whether it may be coloured.</param>
    /// <returns>Null where there is nothing to show it on.</returns>
    public static TerminalProgress? Start(string name, long? total, Func<long> position, bool colored) =>
        Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb"
            ? null
            : new TerminalProgress(name, total, position, colored);

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        _done.Set();
        _thread.Join();
        _done.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Draw(string name, long? total, Func<long> position, bool colored, ManualResetEventSlim done)
    {
        // Spectre.Console looks at stdin and stdout to judge; either may be the capture itself.
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = colored ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(Console.Error),
        });
        console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new TransferSpeedColumn(),
                new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(name), maxValue: total ?? double.MaxValue);
                task.IsIndeterminate = total is null;
                while (!done.Wait(Step))
                {
                    task.Value = position();
                }
            });
    }
}
