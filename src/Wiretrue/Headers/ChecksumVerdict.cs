namespace Wiretrue.Headers;

/// <summary>What comparing a checksum with the bytes it covers says.</summary>
public enum ChecksumVerdict : byte
{
    /// <summary>It fits.</summary>
    Good,

    /// <summary>It does not fit.</summary>
    Bad,

    /// <summary>There is none: UDP says 0.</summary>
    Absent,

    /// <summary>Bytes that it covers were not captured, or the lengths contradict each other.</summary>
    Unverifiable,
}
