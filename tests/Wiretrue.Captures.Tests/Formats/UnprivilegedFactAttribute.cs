namespace Wiretrue.Captures.Tests.Formats;

/// <summary>A test that a permission must stop; skipped for root, whom none stops.</summary>
internal sealed class UnprivilegedFactAttribute : FactAttribute
{
    public UnprivilegedFactAttribute()
    {
        if (Environment.IsPrivilegedProcess) Skip = "running as root, whom no permission stops";
    }
}
