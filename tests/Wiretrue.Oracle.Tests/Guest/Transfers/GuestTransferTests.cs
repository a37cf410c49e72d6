using System.Net;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Guest.Transfers;

/// <summary>
/// The tunnel drivers of another Linux at one end, ours at the other, and the sockets of both kernels talking through them: whole super-frames
/// go in, and what comes out is joined again.
/// </summary>
[Trait("Category", "Guest")]
public sealed class GuestTransferTests(TransferGuest guest, ITestOutputHelper output) : IClassFixture<TransferGuest>
{
    private const int StreamLength = 2_000_000;
    private const int Batches = 8, DatagramsPerBatch = 25, DatagramLength = 1100;

    /// <summary>All tunnels, by their places.</summary>
    public static TheoryData<int, string> Tunnels
    {
        get
        {
            var tunnels = new TheoryData<int, string>();
            for (int i = 0; i < TransferTunnel.All.Count; i++)
                tunnels.Add(i, TransferTunnel.All[i].Name);
            return tunnels;
        }
    }

    [GuestTheory]
    [MemberData(nameof(Tunnels))]
    public void All_bytes_arrive_both_ways(int index, string name)
    {
        TransferTunnel tunnel = TransferTunnel.All[index];
        using var end = TransferEnd.Open(guest.Cable, tunnel, index);
        foreach (int version in tunnel.Inner)
        {
            IPAddress server = TransferGuest.Server(index, version == 6);
            string? failure = TransferClient.Stream(server, StreamLength)
                ?? TransferClient.Datagrams(server, Batches, DatagramsPerBatch, DatagramLength);
            string line = $"{name}, IPv{version} inside: {end.Sent.SuperFrames} super-frames sent as {end.Sent.Frames} frames, "
                + $"{end.Received.Frames} packets came out, {end.Received.SuperFrames} super-frames of them; refused: {end.Refused}";
            output.WriteLine(line);
            Assert.True(failure is null && end.Failure is null, $"{failure} {end.Failure}; {line}; {Describe(index)}");
        }
        // Else it is not super-frames that were tried.
        Assert.True(end.Sent.SuperFrames > 20 && end.Received.SuperFrames > 20, $"{end.Sent} {end.Received}");
    }

    private string Describe(int index)
    {
        try
        {
            return guest.Describe(index);
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }
}
