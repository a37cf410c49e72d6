using System.Buffers.Binary;
using System.Diagnostics;
using Wiretrue.Testing;

namespace Wiretrue.Tool.Tests.Running;

/// <summary><c>fix -U</c> in the middle of a pipe that goes on: each record comes out before the next one is sent.</summary>
public sealed class LiveTests : IDisposable
{
    private const int FileHeader = 24;
    private const int RecordHeader = 16;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_record_comes_out_before_the_next_goes_in()
    {
        using Process fix = Process.Start(new ProcessStartInfo(BuiltCommand.Path, ["fix", "-U", "-r", "-", "-w", "-", "-q"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        byte[] input = File.ReadAllBytes(BuiltCommand.Sample("tcp4.pcap"));
        byte[] expected = BuiltCommand.RunWith(input, "fix", "-", "-w", "-", "-q").Output;
        int sent = 0;
        List<byte> output = [];

        // The header, then every record; of some, only half at first.
        await Send(FileHeader);
        await Receive(FileHeader);
        while (sent < input.Length)
        {
            int start = sent;
            int length = RecordHeader + Captured(input.AsSpan(sent));
            if (length % 2 == 0) await Send(length / 2);
            await Send(length - (sent - start));
            await ReceiveRecord(input.AsMemory(start, length));
        }

        fix.StandardInput.Close();
        Assert.Equal(0, await fix.StandardOutput.BaseStream.ReadAsync(new byte[1]).AsTask().WaitAsync(Limit));
        await fix.WaitForExitAsync().WaitAsync(Limit);
        Assert.Equal(0, fix.ExitCode);
        Assert.Equal(expected, output);

        async Task Send(int count)
        {
            await fix.StandardInput.BaseStream.WriteAsync(input.AsMemory(sent, count)).AsTask().WaitAsync(Limit);
            await fix.StandardInput.BaseStream.FlushAsync();
            sent += count;
        }

        async Task<byte[]> Receive(int count)
        {
            byte[] bytes = new byte[count];
            await fix.StandardOutput.BaseStream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Limit);
            output.AddRange(bytes);
            return bytes;
        }

        // A super-frame comes out as several records, and they have its payload between them.
        async Task ReceiveRecord(ReadOnlyMemory<byte> original)
        {
            int left = original.Length - RecordHeader - Headers(original.Span[RecordHeader..]);
            do
            {
                byte[] packet = await Receive(Captured(await Receive(RecordHeader)));
                left -= packet.Length - Headers(packet);
            }
            while (left > 0);
        }
    }

    [Theory]
    [InlineData("tcp4.pcap")]
    [InlineData("vxlan.pcap")]
    public void A_capture_that_is_all_there_comes_out_the_same_from_both_containers(string sample)
    {
        ProcessRun run = BuiltCommand.Shell(
            """
            set -e -o pipefail
            for format in pcap pcapng; do
                $0 fix "$1" -F $format -w - -q --checksums-only >"$2/in"
                $0 fix "$2/in" -w "$2/once" -f -q
                cat "$2/in" | $0 fix -U - -w "$2/live" -f -q
                $0 fix -U "$2/in" -w "$2/file" -f -q
                $0 fix -U "$2/in" -w "$2/live.gz" -f -q
                cmp "$2/once" "$2/live"; cmp "$2/once" "$2/file"; gzip -dc "$2/live.gz" | cmp "$2/once" -
            done
            """,
            BuiltCommand.Sample(sample),
            _folder.Path);
        Answer.IsSuccess(run);
        Assert.Empty(run.Text);
    }

    private static int Captured(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt32LittleEndian(record[8..]);

    // Ethernet, IPv4 and TCP.
    private static int Headers(ReadOnlySpan<byte> packet)
    {
        int transport = 14 + ((packet[14] & 0xF) * 4);
        return transport + ((packet[transport + 12] >> 4) * 4);
    }
}
