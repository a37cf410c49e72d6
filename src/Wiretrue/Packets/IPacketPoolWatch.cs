namespace Wiretrue.Packets;

/// <summary>Told of each pool that is made and disposed, so that tests can look for leaks in pools that they did not make themselves.</summary>
internal interface IPacketPoolWatch
{
    /// <summary>The pool is new, and has lent nothing. Called on any thread.</summary>
    void Made(PacketPool pool);

    /// <summary>Its owner is done with the pool. Called on any thread.</summary>
    void Disposed(PacketPool pool);
}
