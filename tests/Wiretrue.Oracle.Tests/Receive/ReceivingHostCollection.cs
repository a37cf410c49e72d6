namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>Tests that read what the kernel counts of the whole namespace: alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ReceivingHostCollection
{
    /// <summary>What the tests name it by.</summary>
    public const string Name = "receiving host";
}
