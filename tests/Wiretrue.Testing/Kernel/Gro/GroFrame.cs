using Wiretrue.Packets;

namespace Wiretrue.Testing.Kernel.Gro;

/// <summary>A frame as an interface handed it up, coalesced or not.</summary>
/// <param name="Bytes">From the Ethernet header on; without the VLAN tag that <paramref name="State"/> has.</param>
/// <param name="State">What the kernel says is owed to it, or was verified of it.</param>
public sealed record GroFrame(byte[] Bytes, OffloadState State);
