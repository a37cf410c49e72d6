using Wiretrue.Captures.Formats;

namespace Wiretrue.Tool.Tests;

public sealed class FailureTests
{
    [Theory]
    [InlineData(CaptureAccessFault.NotFound, 3)]
    [InlineData(CaptureAccessFault.IsDirectory, 3)]
    [InlineData(CaptureAccessFault.PermissionDenied, 4)]
    [InlineData(CaptureAccessFault.DiskFull, 4)]
    [InlineData(CaptureAccessFault.MissingLibrary, 4)]
    [InlineData(CaptureAccessFault.Other, 4)]
    [InlineData(CaptureAccessFault.AlreadyExists, 2)]
    [InlineData(CaptureAccessFault.SameFile, 2)]
    [InlineData(CaptureAccessFault.Terminal, 2)]
    public void What_the_system_says_has_an_exit_code_and_words(CaptureAccessFault fault, int exitCode) =>
        Assert.Equal(new Failure(exitCode, "a.pcap: words"), Described(new CaptureAccessException("a.pcap", fault, "words")));

    [Fact]
    public void A_closed_pipe_has_no_words()
    {
        var silent = new Failure(141, null);
        Assert.Equal(silent, Described(new CaptureAccessException("-", CaptureAccessFault.ClosedPipe, "words")));
        Assert.Equal(silent, Described(new IOException("Broken pipe", 32)));
    }

    [Fact]
    public void A_malformed_capture_says_where()
    {
        Failure failure = Described(new CaptureFormatException("a.pcap", 1234, 7, "a length that lies", "cut it there"));
        Assert.Equal(new Failure(3, "a.pcap: byte 1234, packet 7: a length that lies; cut it there"), failure);
    }

    [Fact]
    public void What_the_runtime_says_of_the_system_is_a_refusal()
    {
        Assert.Equal(new Failure(4, "no"), Described(new IOException("no")));
        Assert.Equal(new Failure(4, "no"), Described(new UnauthorizedAccessException("no")));
    }

    [Fact]
    public void A_defect_is_not_explained_away()
    {
        Assert.False(Failure.TryDescribe(new InvalidOperationException(), out _));
        Assert.False(Failure.TryDescribe(new NotSupportedException(), out _));
    }

    private static Failure Described(Exception exception)
    {
        Assert.True(Failure.TryDescribe(exception, out Failure failure));
        return failure;
    }
}
