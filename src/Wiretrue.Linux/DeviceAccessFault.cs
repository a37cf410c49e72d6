namespace Wiretrue.Linux;

/// <summary>Why the kernel told nothing of a device.</summary>
public enum DeviceAccessFault : byte
{
    /// <summary>Something else, told in the message.</summary>
    Other,

    /// <summary>There is no device of that name in this network namespace (<c>ENODEV</c>).</summary>
    NotFound,

    /// <summary>No permission (<c>EPERM</c>, <c>EACCES</c>).</summary>
    PermissionDenied,

    /// <summary>The kernel, or what stands in for one, does not know the question (<c>EOPNOTSUPP</c>, <c>EAFNOSUPPORT</c>).</summary>
    Unsupported,
}
