// What the library does, once each: a checksum, a super-frame, a choice of devices, a capture.
//
//   dotnet run --project samples/HalfMade -- samples/tcp4.pcap wire.pcap
using HalfMade;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Repair;
using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Packets;
using Wiretrue.Transmit;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: HalfMade CAPTURE OUTPUT");
    return 2;
}

CompleteChecksum();
CutSuperFrame();
AskDevices();
return RepairCapture(args[0], args[1]);

// Where only bytes are at hand: where to sum from and where to store is all that it takes.
static void CompleteChecksum()
{
    byte[] frame = HalfMadeFrame.Create(payloadLength: 100);
    OffloadState owed = HalfMadeFrame.Owed(segment: 0);
    ushort checksum = PartialChecksum.Complete(frame, owed.ChecksumStart, owed.ChecksumOffset);
    Console.WriteLine($"checksum: 0x{checksum:X4}");
}

// A wire does nothing itself, so all that is owed is done on the way to it.
static void CutSuperFrame()
{
    using var pool = new PacketPool();
    using var ready = new PacketQueue();
    NetDevice wire = NetDevice.Wire(mtu: 1500);
    DropReason reason = TransmitPath.Validate(
        pool.Rent(HalfMadeFrame.Create(payloadLength: 60000), HalfMadeFrame.Owed(segment: 1460)), wire, ready);
    if (reason != DropReason.None)
        throw new InvalidOperationException($"dropped: {reason}");
    int longest = 0;
    for (Packet? frame = ready.First; frame is not null; frame = frame.Next)
        longest = Math.Max(longest, frame.Length);
    Console.WriteLine($"super-frame: {ready.Count} frames, the longest {longest} bytes");
    // The frames are the wire's from here on, and go back to the pool when it is done with them.
    wire.Transmit(ready);
}

// What would each device have to be given for the same super-frame?
static void AskDevices()
{
    using var pool = new PacketPool();
    using var ready = new PacketQueue();
    byte[] superFrame = HalfMadeFrame.Create(payloadLength: 60000);
    foreach (NetDevice device in DeviceModels.CreateAll())
    {
        TransmitPath.Validate(pool.Rent(superFrame, HalfMadeFrame.Owed(segment: 1460)), device, ready);
        string given = ready.Count == 1 ? "the whole" : $"{ready.Count} frames";
        string checksums = ready.First!.Offload.Checksum == ChecksumState.Partial ? "still owed" : "made";
        Console.WriteLine($"{device.Name}: {given}, checksums {checksums}");
        ready.Clear();
    }
}

// The file takes its name when it is complete; whatever goes wrong before leaves nothing behind.
static int RepairCapture(string capture, string repaired)
{
    try
    {
        using CaptureReader reader = CaptureReader.Open(capture);
        using CaptureOutput output = CaptureOutput.Create(repaired, new CaptureOutputOptions { Input = capture });
        RepairReport report = CaptureRepair.Run(reader, output, new RepairOptions());
        output.Complete();
        Console.WriteLine($"capture: {report.InPackets} packets in, {report.OutPackets} out, {report.Completed} checksums completed");
        return 0;
    }
    catch (Exception e) when (e is CaptureAccessException or CaptureFormatException)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
}
