namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>A burst, and what is known of its coalescing.</summary>
/// <param name="Name">What is particular about it.</param>
/// <param name="Burst">The frames.</param>
/// <param name="Merged">How many frames each one that is handed up stands for, in this order.</param>
internal sealed record GroCase(string Name, IReadOnlyList<byte[]> Burst, params int[] Merged);
