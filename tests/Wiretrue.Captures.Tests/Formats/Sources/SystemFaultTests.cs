using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Formats.Sources;

namespace Wiretrue.Captures.Tests.Formats.Sources;

public sealed class SystemFaultTests
{
    [Theory]
    [InlineData(1, CaptureAccessFault.PermissionDenied)]
    [InlineData(2, CaptureAccessFault.NotFound)]
    [InlineData(13, CaptureAccessFault.PermissionDenied)]
    [InlineData(21, CaptureAccessFault.IsDirectory)]
    [InlineData(27, CaptureAccessFault.DiskFull)]
    [InlineData(28, CaptureAccessFault.DiskFull)]
    [InlineData(30, CaptureAccessFault.PermissionDenied)]
    [InlineData(32, CaptureAccessFault.ClosedPipe)]
    [InlineData(122, CaptureAccessFault.DiskFull)]
    [InlineData(5, CaptureAccessFault.Other)]
    public void An_errno_becomes_a_fault_in_one_line_that_names_the_file(int errno, CaptureAccessFault expected)
    {
        IOException cause = new("what the system said", errno);
        CaptureAccessException e = SystemFault.Translate("x.pcap", cause);
        Assert.Equal((expected, "x.pcap", cause), (e.Fault, e.File, e.InnerException));
        Assert.StartsWith("x.pcap: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Exceptions_without_an_errno_are_known_by_their_kind()
    {
        Assert.Equal(CaptureAccessFault.NotFound, SystemFault.Translate("x", new FileNotFoundException()).Fault);
        Assert.Equal(CaptureAccessFault.NotFound, SystemFault.Translate("x", new DirectoryNotFoundException()).Fault);
        Assert.Equal(CaptureAccessFault.PermissionDenied, SystemFault.Translate("x", new UnauthorizedAccessException()).Fault);
        Exception tooLarge = Assert.Throws<ArgumentOutOfRangeException>(() => "".Remove(1));
        Assert.Equal(CaptureAccessFault.DiskFull, SystemFault.Translate("x", tooLarge).Fault);
    }

    [Fact]
    public void What_was_translated_stays_as_it_is()
    {
        CaptureAccessException first = new("x", CaptureAccessFault.SameFile, "told already");
        Assert.Same(first, SystemFault.Translate("y", first));
        Assert.True(SystemFault.IsOne(first));
        Assert.False(SystemFault.IsOne(new InvalidDataException()));
    }
}
