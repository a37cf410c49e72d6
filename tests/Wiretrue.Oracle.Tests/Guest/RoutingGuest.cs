namespace Wiretrue.Oracle.Tests.Guest;

/// <summary>One guest for all tests of a class, started when the first of them needs it.</summary>
public sealed class RoutingGuest : IDisposable
{
    private GuestRouter? _router;

    /// <summary>The router, with every tunnel.</summary>
    public GuestRouter Router => _router ??= GuestRouter.Start(GuestTunnel.All);

    /// <inheritdoc/>
    public void Dispose() => _router?.Dispose();
}
