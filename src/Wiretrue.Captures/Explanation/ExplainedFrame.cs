using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Captures.Explanation;

/// <summary>One packet as the device is given it.</summary>
/// <param name="Bytes">Those that are there; fewer than <paramref name="OriginalLength"/> when the capture lacks its end.</param>
/// <param name="OriginalLength">Its length in bytes.</param>
/// <param name="Offload">What is left to the device.</param>
/// <param name="Layers">Its headers, outermost first.</param>
public sealed record ExplainedFrame(byte[] Bytes, int OriginalLength, OffloadState Offload, IReadOnlyList<Layer> Layers);
