using System.Globalization;
using System.Runtime.InteropServices;
using Wiretrue.Captures.Formats.Interop;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Captures.Tests.Formats.Interop;

/// <summary>Layouts and constants shared with C, against what the C compiler says.</summary>
public sealed class FileStatusTests
{
    [ToolFact("gcc")]
    public unsafe void Layouts_and_constants_are_the_c_compiler_s()
    {
        const string Source = """
            #define _GNU_SOURCE
            #include <stddef.h>
            #include <stdio.h>
            #include <errno.h>
            #include <fcntl.h>
            #include <poll.h>
            #include <sys/stat.h>
            int main(void)
            {
                printf("%zu %zu %zu %zu %zu ", sizeof(struct statx), offsetof(struct statx, stx_mode), offsetof(struct statx, stx_ino),
                       offsetof(struct statx, stx_dev_major), offsetof(struct statx, stx_dev_minor));
                printf("%zu %zu %zu ", sizeof(struct pollfd), offsetof(struct pollfd, events), offsetof(struct pollfd, revents));
                printf("%d %d %d %d %d", EINTR, EAGAIN, POLLOUT, AT_FDCWD, STATX_BASIC_STATS);
            }
            """;
        using TempFolder folder = new();
        File.WriteAllText(folder["layout.c"], Source);
        ProcessRun.Must("gcc", "-o", folder["layout"], folder["layout.c"]);
        int[] said = [.. ProcessRun.Must(folder["layout"]).Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        int device = (int)Marshal.OffsetOf<FileStatus>(nameof(FileStatus.Device));
        Assert.Equal(
            [
                sizeof(FileStatus), (int)Marshal.OffsetOf<FileStatus>(nameof(FileStatus.Mode)),
                (int)Marshal.OffsetOf<FileStatus>(nameof(FileStatus.Inode)),
                device, device + 4,
                sizeof(PollDescriptor), (int)Marshal.OffsetOf<PollDescriptor>(nameof(PollDescriptor.Events)),
                (int)Marshal.OffsetOf<PollDescriptor>(nameof(PollDescriptor.Returned)),
                Libc.EINTR, Libc.EAGAIN, Libc.POLLOUT, Libc.AT_FDCWD, (int)Libc.STATX_BASIC_STATS,
            ],
            said);
    }
}
