namespace Wiretrue.Transmit;

/// <summary>
/// Nobody listens. Whether somebody does is known where the path is compiled, so what is found out for observers alone costs nothing here.
/// </summary>
internal struct Unobserved : ITransmitObserver
{
    public readonly void Decided(in TransmitDecision decision)
    {
    }

    /// <summary>False when a <typeparamref name="TObserver"/> hears nothing: a constant in each compiled path.</summary>
    public static bool IsNot<TObserver>()
        where TObserver : struct, ITransmitObserver => typeof(TObserver) != typeof(Unobserved);
}
