using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers;

/// <summary>A packet built from the inside out, with the layers that a walk should find in it.</summary>
internal sealed class HeaderStack
{
    private readonly List<(LayerKind Kind, int HeaderLength, int Length)> _layers = [];

    /// <summary>The packet so far.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>What a walk should say (see <see cref="Walks.Describe"/>), outermost first.</summary>
    public string Expected
    {
        get
        {
            List<string> words = [];
            int offset = 0;
            foreach ((LayerKind kind, int headerLength, int length) in Enumerable.Reverse(_layers))
            {
                words.Add($"{kind} {offset}+{headerLength}/{length}");
                offset += headerLength;
            }
            return string.Join(' ', words);
        }
    }

    /// <summary>The outermost header so far.</summary>
    public LayerKind Outermost => _layers.Count == 0 ? LayerKind.None : _layers[^1].Kind;

    /// <summary>Puts bytes without a header inside.</summary>
    public HeaderStack Payload(byte[] bytes)
    {
        Bytes = bytes;
        if (bytes.Length > 0)
            _layers.Add((LayerKind.Payload, 0, bytes.Length));
        return this;
    }

    /// <summary>Puts a header around what is there.</summary>
    public HeaderStack Around<T>(LayerKind kind, T fields, params byte[] options)
        where T : struct, IHeaderFields<T>
    {
        byte[] header = new byte[fields.Size];
        fields.Write(header);
        return Around(kind, [.. header, .. options]);
    }

    /// <summary>Puts header bytes around what is there.</summary>
    public HeaderStack Around(LayerKind kind, byte[] header)
    {
        Bytes = [.. header, .. Bytes];
        _layers.Add((kind, header.Length, Bytes.Length));
        return this;
    }

    /// <summary>Puts bytes behind the packet that belong to the outermost layers only: those added from now on.</summary>
    public void Trailer(int length) => Bytes = [.. Bytes, .. new byte[length]];
}
