using Microsoft.Win32.SafeHandles;
using Wiretrue.Captures.Formats.Interop;
using Wiretrue.Captures.Formats.Sinks;
using Wiretrue.Captures.Formats.Sources;

namespace Wiretrue.Captures.Formats;

/// <summary>
/// Where a capture is written: a file, which takes its name only when it is whole; a named pipe, a device or standard output, which are
/// written as they are. A name that ends in <c>.gz</c> or <c>.zst</c> is compressed.
/// </summary>
/// <remarks>For one thread at a time. Without <see cref="Complete"/>, <see cref="Dispose"/> leaves no file behind.</remarks>
public sealed class CaptureOutput : IDisposable
{
    private const string StandardOutput = "-";

    private readonly ByteSink _sink;
    private readonly string? _target;
    private readonly string? _temporary;
    private readonly bool _overwrite;
    private bool _completed;

    private CaptureOutput(string name, ByteSink sink, string? target, string? temporary, bool overwrite)
    {
        (Name, _sink, _target, _temporary, _overwrite) = (name, sink, target, temporary, overwrite);
    }

    /// <summary>The output's name as the user gave it.</summary>
    public string Name { get; }

    /// <summary>Bytes written, before compression.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>See <see cref="CaptureOutputOptions.Immediate"/>.</summary>
    private bool Immediate { get; init; }

    /// <summary>Bytes written before can be revised: a file, not compressed.</summary>
    public bool CanRevise => _sink.CanRevise;

    /// <summary>Opens an output by name, <c>-</c> for standard output.</summary>
    /// <exception cref="CaptureAccessException">
    /// It is there and may not be replaced, is the input, a directory or a terminal, or the system refuses.
    /// </exception>
    public static CaptureOutput Create(string path, CaptureOutputOptions options = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path == StandardOutput) return ToStandardOutput(options);

        FileIdentity? there = FileIdentity.Of(path);
        RefuseInput(path, there, options.Input);
        if (there is { IsDirectory: true })
        {
            Throw.Access(path, CaptureAccessFault.IsDirectory, "a directory, where a file to write is expected");
        }

        if (there is { IsRegular: true } && !options.Overwrite) RefuseOverwrite(path);
        bool zstd = path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase);
        bool gzip = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        if (zstd && !Libzstd.IsAvailable)
        {
            Throw.Access(path, CaptureAccessFault.MissingLibrary,
                "writing zstd needs libzstd.so.1 (Debian: libzstd1); install it, or choose another ending");
        }

        try
        {
            if (there is { IsRegular: false }) return ToDevice(path);

            // Through a link, the file that it leads to is replaced, not the link.
            string target = there is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            string temporary = TemporaryBeside(target);
            ByteSink file = new FileSink(temporary, gzip || zstd ? 0 : options.SizeHint);
            ByteSink sink = gzip ? new GzipSink(file) : zstd ? new ZstdSink(file) : file;
            return new CaptureOutput(path, sink, target, temporary, options.Overwrite) { Immediate = options.Immediate };
        }
        catch (Exception e) when (SystemFault.IsOne(e))
        {
            throw SystemFault.Translate(path, e);
        }
    }

    /// <summary>Writes a sealed batch.</summary>
    /// <exception cref="CaptureAccessException">The disk is full, the pipe is closed, or the system refuses.</exception>
    public void Write(OutputBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int i = 0; i < batch.SliceCount; i++) Write(batch[i]);
        if (Immediate) Flush();
    }

    /// <summary>Writes bytes.</summary>
    /// <exception cref="CaptureAccessException">As above.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _sink.Write(bytes);
        }
        catch (Exception e) when (SystemFault.IsOne(e))
        {
            throw SystemFault.Translate(Name, e);
        }

        BytesWritten += bytes.Length;
    }

    private void Flush()
    {
        try
        {
            _sink.Flush();
        }
        catch (Exception e) when (SystemFault.IsOne(e))
        {
            throw SystemFault.Translate(Name, e);
        }
    }

    /// <summary>Writes bytes anew that were written before; only where <see cref="CanRevise"/>.</summary>
    internal void Revise(long position, ReadOnlySpan<byte> bytes)
    {
        try
        {
            _sink.Revise(position, bytes);
        }
        catch (Exception e) when (SystemFault.IsOne(e))
        {
            throw SystemFault.Translate(Name, e);
        }
    }

    /// <summary>The output is whole: gives the file its name.</summary>
    /// <exception cref="CaptureAccessException">As above, or a file of that name appeared meanwhile.</exception>
    public void Complete()
    {
        if (_completed) return;
        try
        {
            _sink.Finish();
            _sink.Dispose();
            if (_temporary is not null)
            {
                if (!_overwrite && File.Exists(_target)) RefuseOverwrite(Name);
                File.Move(_temporary, _target!, _overwrite);
            }
        }
        catch (Exception e) when (SystemFault.IsOne(e))
        {
            throw SystemFault.Translate(Name, e);
        }

        _completed = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sink.Dispose();
        if (_completed || _temporary is null) return;
        _completed = true;
        File.Delete(_temporary);
    }

    private static CaptureOutput ToStandardOutput(CaptureOutputOptions options)
    {
        const string Called = "standard output";
        if (!Console.IsOutputRedirected)
        {
            Throw.Access(Called, CaptureAccessFault.Terminal,
                "a terminal, where a capture would be unreadable; redirect it, or name a file with -w");
        }

        RefuseInput(Called, FileIdentity.Of("/dev/stdout"), options.Input);
        return new CaptureOutput(Called, new DescriptorSink(new SafeFileHandle(1, ownsHandle: false)), null, null, false);
    }

    private static CaptureOutput ToDevice(string path)
        => new(path, new DescriptorSink(File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)), null, null, false);

    /// <summary>By device and inode, so that links and other spellings are no way around.</summary>
    private static void RefuseInput(string name, FileIdentity? output, string? input)
    {
        if (input is null || output is not { IsRegular: true }) return;
        if (FileIdentity.Of(input == SourceOpener.StandardInput ? "/dev/stdin" : input) == output)
        {
            Throw.Access(name, CaptureAccessFault.SameFile, "the output is the input; write to another file");
        }
    }

    private static void RefuseOverwrite(string path)
        => Throw.Access(path, CaptureAccessFault.AlreadyExists, "the file is there already; overwrite it with -f");

    private static string TemporaryBeside(string target)
        => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(target))!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
}
