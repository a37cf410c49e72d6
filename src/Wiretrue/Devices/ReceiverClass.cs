using Wiretrue.Packets;

namespace Wiretrue.Devices;

/// <summary>What a device says of the checksums that it received.</summary>
public enum ReceiverClass : byte
{
    /// <summary>Nothing: <see cref="ChecksumState.None"/> always.</summary>
    Dumb,

    /// <summary>
    /// That it is good, and no more: <see cref="ChecksumState.Unnecessary"/>. Of a bad or an unknown one it must say
    /// <see cref="ChecksumState.None"/>, so that software looks again.
    /// </summary>
    Opaque,

    /// <summary>The sum over the transport header and its data, without the pseudo-header: <see cref="ChecksumState.Complete"/>.</summary>
    Smart,
}
