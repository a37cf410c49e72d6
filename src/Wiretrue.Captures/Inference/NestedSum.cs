using Wiretrue.Checksums;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Inference;

/// <summary>
/// The sum of a layer that lies inside another: an outer checksum is taken over the bytes before and after it, so that no byte is summed
/// twice. Also the arithmetic of local checksum offload.
/// </summary>
/// <remarks>
/// <code>
///   outer header | tunnel, Ethernet, IP | inner transport ........ | padding
///   |&lt;------------ summed -------------&gt;|&lt;- known already -&gt;|&lt;- summed -&gt;|
/// </code>
/// The inner part may begin at an odd distance, where its sum counts swapped.
/// </remarks>
/// <param name="Offset">Where the inner layer begins, in bytes from the packet's first; -1 when there is none.</param>
/// <param name="End">One past its last byte.</param>
/// <param name="Sum">Its one's complement sum, folded.</param>
internal readonly record struct NestedSum(int Offset, int End, ushort Sum)
{
    /// <summary>No inner layer.</summary>
    public static NestedSum None => new(-1, 0, 0);

    /// <summary>There is an inner layer.</summary>
    public bool IsKnown => Offset >= 0;

    /// <summary>
    /// The sum of <paramref name="layer"/>, all of whose bytes are in <paramref name="packet"/>, with the inner part taken as given.
    /// </summary>
    public ushort Around(ReadOnlySpan<byte> packet, in Layer layer)
    {
        if (!IsKnown || Offset < layer.ContentOffset || End > layer.End)
            return InternetChecksum.Sum(packet.Slice(layer.Offset, layer.Length));
        ushort sum = InternetChecksum.Sum(packet[layer.Offset..Offset]);
        sum = InternetChecksum.Combine(sum, Sum, Offset - layer.Offset);
        return InternetChecksum.Combine(sum, InternetChecksum.Sum(packet[End..layer.End]), End - layer.Offset);
    }

    /// <summary>
    /// What the bytes of a layer sum up to once its checksum is complete: with the pseudo-header they give all ones, so they are the
    /// inverted pseudo-header sum, whatever they hold (<c>lco_csum</c>, linux/udp.h).
    /// </summary>
    public static NestedSum OnceComplete(in Layer layer, ushort pseudoSum) => new(layer.Offset, layer.End, (ushort)~pseudoSum);
}
