namespace Wiretrue.Headers;

/// <summary>The one walk over a packet's headers.</summary>
public static class PacketWalk
{
    /// <summary>Finds the layers of <paramref name="packet"/>.</summary>
    /// <param name="packet">The captured bytes.</param>
    /// <param name="originalLength">The length on the wire; larger than the span when the packet was snapped.</param>
    /// <param name="linkType">What the first byte belongs to.</param>
    /// <param name="layout">Overwritten with what was found.</param>
    public static void Walk(ReadOnlySpan<byte> packet, int originalLength, LinkType linkType, ref PacketLayout layout)
    {
        layout.Clear();
    }
}
