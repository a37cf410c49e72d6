using System.Net;
using Wiretrue.Captures;
using Wiretrue.Captures.Coalescing;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Tunnelling;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Tunnels;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Mutation;

/// <summary>Broken captures are merged, put into tunnels and taken out of them as far as they can be, or refused in words; what is written can be read.</summary>
[Trait("Category", "Mutation")]
public sealed class CaptureWorkTests(ITestOutputHelper output)
{
    private const long AllocationLimit = 100 << 20;

    private static readonly IPAddress Local = IPAddress.Parse("2001:db8::1"), Remote = IPAddress.Parse("2001:db8::2");

    private static readonly Func<CaptureReader, CaptureOutput, CaptureReport>[] Works =
    [
        (reader, file) => CaptureMerge.Run(reader, file, new MergeOptions { FlushAfter = TimeSpan.FromHours(1), Udp = true, Outbound = true }),
        (reader, file) => CaptureMerge.Run(reader, file, new MergeOptions { MaxSize = 300_000, OutputFormat = CaptureFormat.Pcap }),
        (reader, file) => CaptureDecapsulation.Run(reader, file, new DecapsulationOptions { Levels = int.MaxValue }),
        (reader, file) => CaptureDecapsulation.Run(reader, file, new DecapsulationOptions { KeepOthers = true, OutputFormat = CaptureFormat.PcapNg }),
        (reader, file) => CaptureDecapsulation.Run(reader, file, new DecapsulationOptions { KeepOthers = true, Kinds = TunnelKind.Gre | TunnelKind.IPIP | TunnelKind.GtpU }),
        (reader, file) => CaptureEncapsulation.Run(reader, file, new EncapsulationOptions
        {
            Tunnel = new VxlanTunnel
            {
                Local = Local,
                Remote = Remote,
                Link = new EthernetHeaderFields(1, 2, EtherType.IPv4),
                RemoteChecksum = new RemoteChecksumOptions { Transmit = true },
            },
            LeavesChecksums = true,
        }),
        (reader, file) => CaptureEncapsulation.Run(reader, file, new EncapsulationOptions
        {
            Tunnel = new GreTunnel { Local = Local, Remote = Remote, HasChecksum = true },
            KeepOthers = true,
        }),
    ];

    [Fact]
    public void Broken_captures_are_worked_on_or_refused()
    {
        var mutator = new Mutator(seed: 14);
        using var folder = new TempFolder();
        string path = folder["written"];
        int done = 0, refused = 0;
        MutationRun.Feed(8_000 * MutationRun.Scale, AllocationLimit, () => Next(mutator), input =>
        {
            try
            {
                using var reader = CaptureReader.Open(new MemoryStream(input.File), "broken");
                using var file = CaptureOutput.Create(path, new CaptureOutputOptions { Overwrite = true });
                CaptureReport report = input.Work(reader, file);
                file.Complete();
                done++;
                Assert.Equal(report.OutPackets, PlainCapture.Read(path).Count);
            }
            catch (CaptureFormatException)
            {
                refused++;
            }
        });
        output.WriteLine($"{done} done, {refused} refused");
        Assert.NotEqual(0, done);
        Assert.NotEqual(0, refused);
    }

    private static (byte[] File, Func<CaptureReader, CaptureOutput, CaptureReport> Work) Next(Mutator mutator) => (MutationSeeds.Next(mutator), mutator.Pick(Works));
}
