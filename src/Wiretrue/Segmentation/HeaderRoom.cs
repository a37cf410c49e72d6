using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>Room for the headers of some segments in a row, in one page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Offset">Where the first one's headers begin.</param>
/// <param name="Length">Bytes of headers in each.</param>
/// <param name="Stride">Bytes from one segment's headers to the next's.</param>
internal readonly record struct HeaderRoom(Page Page, int Offset, int Length, int Stride);
