namespace Wiretrue.Receive;

/// <summary>Nobody listens, which is known where the path is compiled.</summary>
internal struct UnobservedReceive : IReceiveObserver
{
    public readonly void Decided(in ReceiveDecision decision)
    {
    }

    /// <summary>False when a <typeparamref name="TObserver"/> hears nothing: a constant in each compiled path.</summary>
    public static bool IsNot<TObserver>()
        where TObserver : struct, IReceiveObserver => typeof(TObserver) != typeof(UnobservedReceive);
}
