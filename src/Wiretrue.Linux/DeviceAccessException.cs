namespace Wiretrue.Linux;

/// <summary>A network device of the running kernel that can't be asked: the system's answer, in the user's words.</summary>
public sealed class DeviceAccessException : IOException
{
    /// <summary>An exception about <paramref name="device"/>.</summary>
    /// <param name="device">The device's name as the user gave it; "rtnetlink" where none was.</param>
    /// <param name="fault">Why.</param>
    /// <param name="problem">What happened.</param>
    public DeviceAccessException(string device, DeviceAccessFault fault, string problem)
        : base($"{device}: {problem}")
    {
        (Device, Fault) = (device, fault);
    }

    /// <summary>The device's name as the user gave it.</summary>
    public string Device { get; }

    /// <summary>Why.</summary>
    public DeviceAccessFault Fault { get; }
}
