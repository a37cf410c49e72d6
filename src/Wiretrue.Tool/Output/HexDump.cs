using System.Text;
using Wiretrue.Captures.Explanation;
using Wiretrue.Headers;

namespace Wiretrue.Tool.Output;

/// <summary>Bytes in hex, a header on lines of its own with its name in the margin; of the payload, only the beginning.</summary>
internal static class HexDump
{
    private const int Row = 16;

    /// <summary>The packet as captured, and the first frames that left and the last.</summary>
    public static void Append(StringBuilder text, PacketExplanation explanation)
    {
        text.Append("bytes as captured\n");
        Append(text, explanation.Captured, explanation.Layers);
        int count = explanation.Frames.Count;
        for (int i = 0; i < count; i++)
        {
            if (i is 0 or 1 || i == count - 1)
            {
                text.Append($"bytes of frame {i + 1}\n");
                Append(text, explanation.Frames[i].Bytes, explanation.Frames[i].Layers);
            }
        }
    }

    private static void Append(StringBuilder text, byte[] bytes, IReadOnlyList<Layer> layers)
    {
        int end = 0;
        for (int i = 0; i < layers.Count && layers[i].HeaderLength > 0; i++)
        {
            // What stands between two headers, as the attributes of NFLOG do, is shown with the first.
            bool followed = i + 1 < layers.Count && layers[i + 1].HeaderLength > 0;
            end = Math.Min(followed ? layers[i + 1].Offset : layers[i].ContentOffset, bytes.Length);
            int start = Math.Min(layers[i].Offset, end);
            Rows(text, LayerWords.Of(layers[i].Kind), bytes.AsSpan(start, end - start), start);
        }

        ReadOnlySpan<byte> payload = bytes.AsSpan(end);
        Rows(text, "payload", payload[..Math.Min(payload.Length, Row)], end);
        if (payload.Length > Row)
        {
            text.Append($"  {"",-15}  {end + Row:x4}  and {payload.Length - Row} bytes more\n");
        }
    }

    private static void Rows(StringBuilder text, string name, ReadOnlySpan<byte> bytes, int offset)
    {
        for (int at = 0; at < bytes.Length; at += Row)
        {
            text.Append($"  {(at == 0 ? name : ""),-15}  {offset + at:x4} ");
            foreach (byte each in bytes.Slice(at, Math.Min(Row, bytes.Length - at)))
            {
                text.Append($" {each:x2}");
            }

            text.Append('\n');
        }
    }
}
