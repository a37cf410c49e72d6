using System.CommandLine;
using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Commands;

/// <summary>The options of <c>wiretrue explain</c>.</summary>
internal static class ExplainOptions
{
    public static readonly Option<string> Frame = Words.Value("--frame", null, "N", "the packet's number, from 1, as Wireshark counts");
    public static readonly Option<string> Device = Words.Value("--device", null, "NAME", "where it goes: a model, or an interface; else the wire");

    public static readonly Option<string[]> Set =
        Words.Values("--set", null, "\"WORD on|off\"", "switch features of the device, as ethtool -K would; can be repeated");

    public static readonly Option Hex = Words.Flag("--hex", null, "also the bytes before and after, with the headers named");
    public static readonly Option Json = Words.Flag("--json", null, "print JSON on stdout, on one line");
}
