namespace Wiretrue.Captures.Repair;

/// <summary>Gives back the frames that the wire carried: infers what each packet of a capture was owed, and sends it down the transmit path.</summary>
public static class CaptureRepair
{
}
