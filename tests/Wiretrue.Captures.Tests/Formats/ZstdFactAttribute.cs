using Wiretrue.Captures.Formats.Interop;

namespace Wiretrue.Captures.Tests.Formats;

/// <summary>A test that needs libzstd.so.1; skipped, with the reason, where it is absent.</summary>
internal sealed class ZstdFactAttribute : FactAttribute
{
    public ZstdFactAttribute()
    {
        if (!Libzstd.IsAvailable) Skip = "libzstd.so.1 is not installed";
    }
}
