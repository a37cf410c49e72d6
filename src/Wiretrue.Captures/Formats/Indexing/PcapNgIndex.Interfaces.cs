using System.Buffers.Binary;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Formats.Indexing;

/// <content>Interface Description Blocks.</content>
internal sealed partial class PcapNgIndex
{
    private const int SmallestDescription = 20;

    private bool ReadInterface(CaptureWindow window, ReadOnlySpan<byte> block, int at)
    {
        if (block.Length < SmallestDescription) return IsTooShort("interface description", block.Length, SmallestDescription);

        TimestampResolution resolution = TimestampResolution.Microseconds;
        long offset = 0;
        int fcsLength = 0;
        BlockOptions options = new(block[16..^4], _bigEndian);
        while (options.MoveNext())
        {
            switch (options.Code)
            {
                case OptionCode.TimestampResolution when options.Value.Length == 1:
                    resolution = new TimestampResolution(options.Value[0]);
                    break;
                case OptionCode.TimestampOffset when options.Value.Length == 8:
                    offset = _bigEndian
                        ? BinaryPrimitives.ReadInt64BigEndian(options.Value) : BinaryPrimitives.ReadInt64LittleEndian(options.Value);
                    break;
                case OptionCode.FcsLength when options.Value.Length == 1:
                    // The draft says bits, and its example (4) can only be bytes: both are met in files.
                    fcsLength = options.Value[0] >= 8 ? options.Value[0] / 8 : options.Value[0];
                    break;
            }
        }

        CaptureInterface description = new()
        {
            LinkType = (LinkType)Half(block, 8),
            SnapLength = Word(block, 12),
            Resolution = resolution,
            TimestampOffset = offset,
            FcsLength = (byte)fcsLength,
        };
        if (Describe(description))
        {
            window.AddDescription(at);
            return true;
        }

        Fault = RecordFault.Damage($"more than {InterfaceCount} interfaces are described");
        return false;
    }

    /// <summary>The interface's number over the whole file; -1, and a fault, when this section has not described it.</summary>
    private int Resolve(uint id)
    {
        if (_inSection && id < (uint)(InterfaceCount - _sectionsFirstInterface)) return _sectionsFirstInterface + (int)id;
        Fault = RecordFault.Damage(
            $"the packet is of interface {id}, where its section has described {InterfaceCount - _sectionsFirstInterface}");
        return -1;
    }
}
