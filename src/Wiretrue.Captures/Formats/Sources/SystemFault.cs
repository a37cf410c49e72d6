namespace Wiretrue.Captures.Formats.Sources;

/// <summary>The system's errors as ours. On Unix an <see cref="IOException"/> carries the errno in its result code.</summary>
internal static class SystemFault
{
    private const int EPERM = 1;
    private const int ENOENT = 2;
    private const int EACCES = 13;
    private const int EISDIR = 21;
    private const int EFBIG = 27;
    private const int ENOSPC = 28;
    private const int EROFS = 30;
    private const int EPIPE = 32;
    private const int EDQUOT = 122;

    /// <summary>
    /// The exceptions that the base library makes of an errno; of EFBIG it makes an argument out of range, and InvalidDataException is
    /// not among them.
    /// </summary>
    public static bool IsOne(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    public static CaptureAccessException Translate(string file, Exception e) => e switch
    {
        CaptureAccessException already => already,
        FileNotFoundException or DirectoryNotFoundException => Make(file, ENOENT, e),
        UnauthorizedAccessException => Make(file, EACCES, e),
        ArgumentOutOfRangeException => Make(file, EFBIG, e),
        _ => Make(file, e.HResult, e),
    };

    /// <summary>From an errno.</summary>
    public static CaptureAccessException Make(string file, int errno, Exception? e = null) => errno switch
    {
        ENOENT => new(file, CaptureAccessFault.NotFound, "no such file or folder", e),
        EISDIR => new(file, CaptureAccessFault.IsDirectory, "a directory, where a file is expected", e),
        EACCES or EPERM => new(file, CaptureAccessFault.PermissionDenied, "permission denied", e),
        EROFS => new(file, CaptureAccessFault.PermissionDenied, "the file system is read-only", e),
        ENOSPC or EDQUOT => new(file, CaptureAccessFault.DiskFull, "no space left on the device", e),
        EFBIG => new(file, CaptureAccessFault.DiskFull, "larger than the file system or the limits allow", e),
        EPIPE => new(file, CaptureAccessFault.ClosedPipe, "whoever read the output went away", e),
        _ => new(file, CaptureAccessFault.Other, e?.Message ?? $"error {errno}", e),
    };
}
