using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Wiretrue.Linux.Interop;

namespace Wiretrue.Linux;

/// <summary>Every exception of this project, each with its words, in one place.</summary>
[StackTraceHidden]
internal static class Throw
{
    /// <summary>From the errno of the call that just failed.</summary>
    [DoesNotReturn]
    public static void Errno(string device) => Errno(device, Marshal.GetLastPInvokeError());

    [DoesNotReturn]
    public static void Errno(string device, int errno) => throw (errno switch
    {
        Libc.ENODEV or Libc.ENXIO => new DeviceAccessException(device, DeviceAccessFault.NotFound, "no such network device here"),
        Libc.EPERM or Libc.EACCES => new DeviceAccessException(device, DeviceAccessFault.PermissionDenied, "permission denied"),
        Libc.EOPNOTSUPP or Libc.EAFNOSUPPORT or Libc.ENOTTY =>
            new DeviceAccessException(device, DeviceAccessFault.Unsupported, "this kernel does not tell its features"),
        _ => new DeviceAccessException(device, DeviceAccessFault.Other, Marshal.GetPInvokeErrorMessage(errno)),
    });

    [DoesNotReturn]
    public static void NoDevice(string device) => Errno(device, Libc.ENODEV);

    [DoesNotReturn]
    public static void CutAnswer(string device) =>
        throw new DeviceAccessException(device, DeviceAccessFault.Other, "the kernel's answer is cut short");
}
