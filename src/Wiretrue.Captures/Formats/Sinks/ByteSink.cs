namespace Wiretrue.Captures.Formats.Sinks;

/// <summary>Where written bytes go, in order. Throws what the system throws.</summary>
internal abstract class ByteSink : IDisposable
{
    /// <summary>Bytes written before can be written again.</summary>
    public virtual bool CanRevise => false;

    public abstract void Write(ReadOnlySpan<byte> bytes);

    public virtual void Revise(long position, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    /// <summary>Everything written so far reaches the system, and can be read from there.</summary>
    public virtual void Flush()
    {
    }

    /// <summary>Nothing more comes: everything is to reach the system.</summary>
    public virtual void Finish()
    {
    }

    public abstract void Dispose();
}
