using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Commands;

/// <summary>Runs a work on each input in turn. One that fails is reported, and the others still have their turn.</summary>
internal static class EachInput
{
    /// <returns>The highest exit code of all.</returns>
    public static int Run<T>(IReadOnlyList<T> inputs, Messages messages, Func<T, int> work)
    {
        int highest = ExitCode.Success;
        foreach (T input in inputs)
        {
            int code;
            try
            {
                code = work(input);
            }
            catch (Exception exception) when (Failure.TryDescribe(exception, out Failure failure))
            {
                failure.Tell(messages);
                code = failure.ExitCode;
            }

            highest = Math.Max(highest, code);
            if (code > ExitCode.SignalBase)
            {
                break; // A signal, or nobody is left to read the output.
            }
        }

        return highest;
    }
}
