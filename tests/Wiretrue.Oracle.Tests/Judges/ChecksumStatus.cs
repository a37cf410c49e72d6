namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>What tshark says of a checksum (<c>proto_checksum_vals</c>).</summary>
public enum ChecksumStatus
{
    /// <summary>It is wrong.</summary>
    Bad = 0,

    /// <summary>It is right.</summary>
    Good = 1,

    /// <summary>It was not looked at.</summary>
    Unverified = 2,

    /// <summary>There is none.</summary>
    NotPresent = 3,

    /// <summary>There is one that must not be there.</summary>
    Illegal = 4,
}
