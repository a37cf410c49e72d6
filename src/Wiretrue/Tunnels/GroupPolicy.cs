namespace Wiretrue.Tunnels;

/// <summary>A VXLAN packet's group policy (<c>struct vxlan_metadata</c>, net/vxlan.h).</summary>
/// <param name="Group">Group of the sender (<c>VXLAN_GBP_ID_MASK</c>).</param>
/// <param name="DontLearn">The sender's address is not to be learnt (<c>VXLAN_GBP_DONT_LEARN</c>).</param>
/// <param name="IsApplied">The policy was applied already (<c>VXLAN_GBP_POLICY_APPLIED</c>).</param>
/// <remarks>draft-smith-vxlan-group-policy. <c>default</c> is no policy: as in Linux nothing is sent of it.</remarks>
public readonly record struct GroupPolicy(ushort Group, bool DontLearn = false, bool IsApplied = false);
