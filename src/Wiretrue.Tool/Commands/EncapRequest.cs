using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Wiretrue.Captures.Tunnelling;
using Wiretrue.Headers;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tunnels;

namespace Wiretrue.Tool.Commands;

/// <summary>What one call of <c>wiretrue encap</c> asks for, found consistent.</summary>
internal sealed record EncapRequest
{
    public required OutputRequest Output { get; init; }

    public required EncapsulationOptions Options { get; init; }

    /// <summary>Finds out what is asked for.</summary>
    /// <returns>False with one line that says what cannot be.</returns>
    public static bool TryCreate(ParseResult parsed, [NotNullWhen(true)] out EncapRequest? request, [NotNullWhen(false)] out string? error)
    {
        request = null;
        string[] words = parsed.GetValue(((ToolCommand)parsed.CommandResult.Command).Inputs) ?? [];
        string[] inputs = [.. parsed.GetValue(CommonOptions.Read) ?? [], .. words.Skip(1)];
        string type = words.Length > 0 ? words[0] : "";
        error = words.Length == 0 ? $"a type is needed: {string.Join(", ", EncapTypes.Names)}"
            : !EncapTypes.Names.Contains(type) ? $"'{type}' is no type: it is one of {string.Join(", ", EncapTypes.Names)}"
            : EncapTypes.Contradiction(type, parsed.Has);
        if (error is not null
            || !OutputRequest.TryCreate(parsed, inputs, out OutputRequest? output, out error)
            || !TryAddresses(parsed, type, out IPAddress? local, out IPAddress? remote, out error)
            || !EncapTunnel.TryCreate(parsed, type, local, remote, out EncapTunnel? tunnel, out error))
        {
            return false;
        }

        request = new EncapRequest
        {
            Output = output,
            Options = new EncapsulationOptions
            {
                Tunnel = tunnel.Tunnel,
                Version = type switch
                {
                    "ipip" => LayerKind.IPv4,
                    "sit" => LayerKind.IPv6,
                    "fou" => parsed.GetValue(EncapOptions.Inner) == "ipv6" ? LayerKind.IPv6 : LayerKind.IPv4,
                    _ => null,
                },
                LeavesChecksums = parsed.Has(EncapOptions.RemoteChecksum),
                KeepOthers = parsed.Has(EncapOptions.Keep),
                OutputFormat = output.Format,
                Clock = tunnel.Clock,
            },
        };
        return true;
    }

    private static bool TryAddresses(
        ParseResult parsed, string type, [NotNullWhen(true)] out IPAddress? local, [NotNullWhen(true)] out IPAddress? remote,
        [NotNullWhen(false)] out string? error)
    {
        remote = null;
        if (!TryAddress(parsed, EncapOptions.Local, out local, out error) || !TryAddress(parsed, EncapOptions.Remote, out remote, out error))
        {
            return false;
        }

        bool isIPv6 = local.AddressFamily == AddressFamily.InterNetworkV6;
        error = local.AddressFamily != remote.AddressFamily ? $"--local {local} and --remote {remote} are of two families"
            : isIPv6 && type is "ipip" or "sit" ? $"{type} runs over IPv4: {local} is an IPv6 address"
            : !isIPv6 && type == "ip6tnl" ? $"ip6tnl runs over IPv6: {local} is an IPv4 address"
            : null;
        return error is null;
    }

    private static bool TryAddress(
        ParseResult parsed, Option<string> option, [NotNullWhen(true)] out IPAddress? address, [NotNullWhen(false)] out string? error)
    {
        string? value = parsed.GetValue(option);
        address = null;
        // IPAddress takes "1" for 0.0.0.1; nobody who types an address means that.
        bool good = value is not null && (value.Contains(':') || value.Count(letter => letter == '.') == 3) && IPAddress.TryParse(value, out address)
            && !value.Contains('%');
        error = good ? null : value is null ? $"{option.Name} is needed: an IPv4 or IPv6 address" : $"{option.Name} must be an IPv4 or IPv6 address, not '{value}'";
        return good && address is not null;
    }
}
