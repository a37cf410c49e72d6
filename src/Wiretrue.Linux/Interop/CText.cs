using System.Text;

namespace Wiretrue.Linux.Interop;

/// <summary>C's strings: bytes up to a zero, or to the end of their field.</summary>
internal static class CText
{
    /// <summary>As UTF-8; what is none becomes the sign for that.</summary>
    public static string Of(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }
}
