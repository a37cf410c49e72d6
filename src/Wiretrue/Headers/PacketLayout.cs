using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Wiretrue.Headers;

/// <summary>The result of one walk over a packet's headers: the layers, outermost first, with offsets and lengths.</summary>
/// <remarks>
/// A large value: keep one and pass it by reference; <see cref="PacketWalk"/> overwrites it without clearing it first.
/// </remarks>
public struct PacketLayout
{
    /// <summary>How many layers fit; a deeper packet ends in a <see cref="FaultKind.TooDeep"/> fault.</summary>
    public const int MaxLayers = 24;

    private LayerArray _layers;
    private int _count;
    private sbyte _outerTransport;
    private sbyte _innerTransport;

    /// <summary>How many layers were found.</summary>
    public readonly int Count => _count;

    /// <summary>The first thing that was wrong, if anything was.</summary>
    public PacketFault Fault { readonly get; internal set; }

    /// <summary>
    /// What follows was taken for a payload since too few of its bytes were there to be recognised: with more, a header may be found.
    /// </summary>
    internal bool IsInconclusive { readonly get; set; }

    /// <summary>Index of the outermost layer with <see cref="Layer.IsTransport"/>, or -1.</summary>
    public readonly int OuterTransport => _outerTransport;

    /// <summary>Index of the innermost layer with <see cref="Layer.IsTransport"/>; the same as <see cref="OuterTransport"/> without a tunnel; or -1.</summary>
    public readonly int InnerTransport => _innerTransport;

    /// <summary>Index of the outermost network layer, or -1.</summary>
    public readonly int OuterNetwork
    {
        get
        {
            for (int i = 0; i < _count; i++)
            {
                if (_layers[i].IsNetwork)
                    return i;
            }
            return -1;
        }
    }

    /// <summary>The layer at <paramref name="index"/>, 0 being the outermost.</summary>
    [UnscopedRef]
    public readonly ref readonly Layer this[int index] => ref _layers[index];

    /// <summary>Forgets all layers.</summary>
    public void Clear()
    {
        _count = 0;
        _outerTransport = -1;
        _innerTransport = -1;
        Fault = default;
        IsInconclusive = false;
    }

    /// <summary>Adds a layer inside the last one; false when there is no room.</summary>
    public bool TryAdd(in Layer layer)
    {
        if (_count == MaxLayers)
            return false;
        if (layer.IsTransport)
        {
            _innerTransport = (sbyte)_count;
            if (_outerTransport < 0)
                _outerTransport = (sbyte)_count;
        }
        _layers[_count++] = layer;
        return true;
    }

    /// <summary>Index of the network layer that carries the layer at <paramref name="index"/>, or -1.</summary>
    public readonly int NetworkOf(int index)
    {
        for (int i = index - 1; i >= 0; i--)
        {
            if (_layers[i].IsNetwork)
                return i;
        }
        return -1;
    }

    /// <summary>Index of the next transport layer after <paramref name="index"/> (start with -1), or -1.</summary>
    public readonly int NextTransport(int index)
    {
        for (int i = index + 1; i < _count; i++)
        {
            if (_layers[i].IsTransport)
                return i;
        }
        return -1;
    }

    /// <summary>Index of the transport layer that begins at <paramref name="offset"/>, as a checksum that is owed names it; or -1.</summary>
    public readonly int TransportAt(int offset)
    {
        int transport = _outerTransport;
        while (transport >= 0 && _layers[transport].Offset != offset)
            transport = NextTransport(transport);
        return transport;
    }

    [InlineArray(MaxLayers)]
    private struct LayerArray
    {
        private Layer _first;
    }
}
