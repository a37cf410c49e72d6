namespace Wiretrue.Captures.Formats;

/// <summary>Why a capture could not be read or written, the bytes in it aside.</summary>
public enum CaptureAccessFault : byte
{
    /// <summary>Something else, told in the message.</summary>
    Other,

    /// <summary>The file is not there (<c>ENOENT</c>).</summary>
    NotFound,

    /// <summary>It is a directory (<c>EISDIR</c>).</summary>
    IsDirectory,

    /// <summary>No permission (<c>EACCES</c>, <c>EPERM</c>, <c>EROFS</c>).</summary>
    PermissionDenied,

    /// <summary>The output is there already, and may not be overwritten.</summary>
    AlreadyExists,

    /// <summary>The output is the input.</summary>
    SameFile,

    /// <summary>The disk is full (<c>ENOSPC</c>, <c>EDQUOT</c>, <c>EFBIG</c>).</summary>
    DiskFull,

    /// <summary>Whoever read our output went away (<c>EPIPE</c>); to be met with silence.</summary>
    ClosedPipe,

    /// <summary>The output is a terminal.</summary>
    Terminal,

    /// <summary>A library that the compression needs is not installed.</summary>
    MissingLibrary,
}
