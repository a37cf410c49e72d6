namespace Wiretrue.Testing.Synthesis.Reception;

/// <summary>What a device says of a frame, for <see cref="PlainStack"/> (<c>ip_summed</c> and its company, linux/skbuff.h).</summary>
/// <param name="Summed">Nothing, good, a sum, or owed.</param>
/// <param name="Level">With good: how many more than one.</param>
/// <param name="Sum">With a sum: the sum from <paramref name="Start"/> to the end.</param>
/// <param name="Start">With a sum or something owed: where it begins.</param>
public readonly record struct PlainDeviceWord(PlainSummed Summed, int Level = 0, ushort Sum = 0, int Start = 0);
