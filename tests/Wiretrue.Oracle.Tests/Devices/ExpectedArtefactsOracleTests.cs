using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Wiretrue.Captures.Diagnosis;
using Wiretrue.Linux;
using Wiretrue.Oracle.Tests.Judges;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Oracle.Tests.Devices;

/// <summary>
/// What is expected of a capture on the loopback is what a capture there shows; and what is said to prevent it does. The loopback's MTU is made that of Ethernet for
/// it: at 64 KiB nothing is cut.
/// </summary>
[Collection("lo")]
public sealed class ExpectedArtefactsOracleTests : IDisposable
{
    private const int Packets = 40;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();

    public ExpectedArtefactsOracleTests() => SetMtu(1500);

    public void Dispose()
    {
        SetMtu(65536);
        _folder.Dispose();
    }

    [ToolFact("ethtool", "ip", "tcpdump", Namespace = true)]
    public async Task A_capture_on_the_loopback_shows_what_is_expected_of_it()
    {
        ExpectedArtefact superFrames = ExpectedArtefacts.Of(LiveDevice.Read("lo")).Single(each => each.Kind == ArtefactKind.TcpSuperFrame);
        JsonElement shown = await Capture();
        Assert.True(HalfMade(shown) > 0, shown.GetRawText());
        Assert.True(SuperFrames(shown) > 0, shown.GetRawText());

        string[] command = superFrames.Prevention("lo")!.Split(' ');
        ProcessRun.Must(command[0], command[1..]);
        try
        {
            shown = await Capture();
            Assert.True(HalfMade(shown) > 0, shown.GetRawText());
            Assert.Equal(0, SuperFrames(shown));
            Assert.DoesNotContain(ExpectedArtefacts.Of(LiveDevice.Read("lo")), each => each.Kind == ArtefactKind.TcpSuperFrame);
        }
        finally
        {
            ProcessRun.Must("ethtool", [.. command[1..3], .. command[3..].Select(word => word == "off" ? "on" : word)]);
        }
    }

    private static int HalfMade(JsonElement shown) => shown.GetProperty("checksums").GetProperty("tcp").GetProperty("partial").GetInt32();

    private static int SuperFrames(JsonElement shown) => shown.GetProperty("superFrames").GetProperty("count").GetInt32();

    private static void SetMtu(int mtu) => ProcessRun.Must("ip", "link", "set", "lo", "mtu", $"{mtu}");

    /// <summary>Some packets of a connection that carries much, as tcpdump sees them, counted.</summary>
    private async Task<JsonElement> Capture()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        string file = Path.Combine(_folder.Path, $"{port}.pcap");
        using Process tcpdump = Process.Start(
            new ProcessStartInfo("tcpdump", ["-i", "lo", "-w", file, "-c", $"{Packets}", "tcp", "port", $"{port}"]) { RedirectStandardError = true, UseShellExecute = false })!;
        string? line;
        do
            line = await tcpdump.StandardError.ReadLineAsync().WaitAsync(Limit);
        while (line is not null && !line.Contains("listening on", StringComparison.Ordinal));
        Assert.NotNull(line);

        using var stop = new CancellationTokenSource(Limit);
        Task sent = SendUntil(tcpdump, port, stop.Token);
        using (Socket receiver = await listener.AcceptSocketAsync(stop.Token))
        {
            byte[] buffer = new byte[1 << 20];
            while (await receiver.ReceiveAsync(buffer, stop.Token) > 0)
            {
            }
        }
        await sent;
        await tcpdump.WaitForExitAsync(stop.Token);
        return WiretrueCommand.Inspect(file);
    }

    private static async Task SendUntil(Process ended, int port, CancellationToken stop)
    {
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await sender.ConnectAsync(IPAddress.Loopback, port, stop);
        byte[] block = new byte[256 << 10];
        while (!ended.HasExited)
            await sender.SendAsync(block, stop);
    }
}
