namespace Wiretrue.Tunnels;

/// <summary>ERSPAN: mirrored Ethernet frames in GRE (<c>struct erspan_metadata</c>, net/erspan.h).</summary>
/// <remarks>
/// draft-foschiano-erspan. What comes in may be of any of the three types. Frames of types II and III are numbered, so a super-frame is cut
/// before it is sent.
/// </remarks>
public sealed record ErspanTunnel : NetworkTunnel
{
    /// <summary>What is sent.</summary>
    public ErspanType Type { get; init; } = ErspanType.TypeII;

    /// <summary>The session, 0 to 1023 (<c>key</c>); of what comes in by types II and III as well.</summary>
    public ushort SessionId { get; init; }

    /// <summary>VLAN of the mirrored frames; null for that of the tag in each, which stays there.</summary>
    public ushort? VlanId { get; init; }

    /// <summary>Class of service, 0 to 7; null for the precedence bits of the IP packet in the frame (<c>tos_to_cos</c>).</summary>
    public byte? ClassOfService { get; init; }

    /// <summary>Type II: the port that is mirrored, 20 bits (<c>erspan</c> INDEX).</summary>
    public int Index { get; init; }

    /// <summary>Type III: frames that leave are mirrored, not those that come in (<c>erspan_dir egress</c>).</summary>
    public bool IsEgress { get; init; }

    /// <summary>Type III: the engine that mirrors, 0 to 63 (<c>erspan_hwid</c>).</summary>
    public byte HardwareId { get; init; }

    /// <summary>Type III: security group tag.</summary>
    public ushort SecurityGroupTag { get; init; }

    /// <summary>Type III: where the time of each frame is read, in units of 100 microseconds.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public override Encapsulator CreateEncapsulator() => new ErspanEncapsulator(this);

    /// <inheritdoc/>
    public override Decapsulator CreateDecapsulator() => new ErspanDecapsulator(this);
}
