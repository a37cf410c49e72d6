namespace Wiretrue.Testing.Synthesis.Flows;

/// <summary>A frame on its way through a receiver.</summary>
/// <param name="Flow">The number of its flow: what must arrive in order.</param>
/// <param name="Bytes">The frame.</param>
public sealed record FlowFrame(int Flow, byte[] Bytes);
