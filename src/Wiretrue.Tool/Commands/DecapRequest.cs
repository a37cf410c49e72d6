using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Wiretrue.Captures.Tunnelling;
using Wiretrue.Headers;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Commands;

/// <summary>What one call of <c>wiretrue decap</c> asks for, found consistent.</summary>
internal sealed record DecapRequest
{
    public required OutputRequest Output { get; init; }

    public required DecapsulationOptions Options { get; init; }

    /// <summary>Finds out what is asked for.</summary>
    /// <returns>False with one line that says what cannot be.</returns>
    public static bool TryCreate(ParseResult parsed, [NotNullWhen(true)] out DecapRequest? request, [NotNullWhen(false)] out string? error)
    {
        request = null;
        if (!OutputRequest.TryCreate(parsed, out OutputRequest? output, out error)
            || !TryKinds(parsed.GetValue(DecapOptions.Type) ?? [], out TunnelKind kinds, out error)
            || !NumberRules.TryRead("--vni", parsed.GetValue(DecapOptions.Vni), 0, 0xFFFFFF, out long? vni, out error)
            || !NumberRules.TryRead("--key", parsed.GetValue(DecapOptions.Key), 0, uint.MaxValue, out long? key, out error)
            || !NumberRules.TryRead("--session", parsed.GetValue(DecapOptions.Session), 0, 1023, out long? session, out error)
            || !NumberRules.TryRead("--levels", parsed.GetValue(DecapOptions.Levels), 1, PacketLayout.MaxLayers, out long? levels, out error)
            || !TryPorts(parsed.GetValue(DecapOptions.Port) ?? [], out TunnelPorts? ports, out error))
        {
            return false;
        }

        if (levels is not null && parsed.Has(DecapOptions.All))
        {
            error = "--levels and --all exclude each other";
            return false;
        }

        request = new DecapRequest
        {
            Output = output,
            Options = new DecapsulationOptions
            {
                Levels = parsed.Has(DecapOptions.All) ? int.MaxValue : (int)(levels ?? 1),
                Kinds = kinds,
                NetworkIdentifier = (int?)vni,
                Key = (uint?)key,
                Session = (int?)session,
                KeepOthers = parsed.Has(DecapOptions.Keep),
                Ports = ports,
                OutputFormat = output.Format,
            },
        };
        return true;
    }

    private static bool TryKinds(string[] words, out TunnelKind kinds, [NotNullWhen(false)] out string? error)
    {
        kinds = words.Length == 0 ? TunnelKind.Any : TunnelKind.None;
        error = null;
        foreach (string word in words)
        {
            TunnelKind kind = TunnelWords.Kinds.FirstOrDefault(each => each.Word == word).Kind;
            kinds |= kind;
            if (kind == TunnelKind.None)
            {
                error = $"--type must be one of {string.Join(", ", TunnelWords.Kinds.Select(each => each.Word))}, not '{word}'";
                return false;
            }
        }

        return true;
    }

    private static bool TryPorts(string[] words, out TunnelPorts? ports, [NotNullWhen(false)] out string? error)
    {
        ports = null;
        error = null;
        foreach (string word in words)
        {
            string[] parts = word.Split('=', 2);
            (string, LayerKind Header) kind = TunnelWords.PortKinds.FirstOrDefault(each => each.Word == parts[^1]);
            if (parts.Length < 2 || kind.Header == LayerKind.None)
            {
                error = $"--port must be N=TYPE, TYPE one of {string.Join(", ", TunnelWords.PortKinds.Select(each => each.Word))}, not '{word}'";
                return false;
            }

            if (!NumberRules.TryRead("--port", parts[0], 1, ushort.MaxValue, out long? port, out error))
            {
                return false;
            }

            ports = (ports ?? TunnelPorts.Assigned).With((ushort)port!, kind.Header);
        }

        return true;
    }
}
