using Wiretrue.Captures.Formats;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Commands;

/// <summary>A capture that stops inside a record: everyday after a crash or a full disk. All whole records were read.</summary>
internal static class CutTail
{
    /// <summary>Says so, when it is so.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(CaptureReader reader, bool strict, Messages messages)
    {
        if (reader.Truncation is not { } cut)
        {
            return ExitCode.Success;
        }

        string text = $"{reader.Name}: byte {cut.Offset}, packet {cut.PacketNumber}: cut short: "
            + $"{cut.Available} of {cut.Needed} bytes of the last record; all before it is whole";
        if (strict)
        {
            messages.Error(text);
            return ExitCode.BadInput;
        }

        messages.Warning(text);
        return ExitCode.Success;
    }
}
