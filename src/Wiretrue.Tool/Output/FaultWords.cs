using Wiretrue.Headers;

namespace Wiretrue.Tool.Output;

/// <summary>What is wrong with a packet's headers, in words.</summary>
internal static class FaultWords
{
    public static string Of(in PacketFault fault)
    {
        string where = $"{LayerWords.Of(fault.Layer)} at byte {fault.Offset}";
        return fault.Kind switch
        {
            FaultKind.Snapped => $"{where}: {fault.Needed} bytes needed, {fault.Available} captured",
            FaultKind.TooShort => $"{where}: {fault.Needed} bytes needed, and the lengths leave {fault.Available}",
            FaultKind.TooLong => $"{where}: says {fault.Needed} bytes, and there are {fault.Available}",
            FaultKind.TooDeep => $"{where}: more headers than are followed",
            _ => $"{where}: no header of this kind",
        };
    }
}
