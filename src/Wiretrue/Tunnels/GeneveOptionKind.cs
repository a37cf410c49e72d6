namespace Wiretrue.Tunnels;

/// <summary>Which Geneve option it is (<c>struct geneve_opt</c>, net/geneve.h).</summary>
/// <param name="Class">Who defined it (<c>opt_class</c>).</param>
/// <param name="Type">Which of theirs (<c>type</c>); its highest bit says that it is critical.</param>
/// <remarks>RFC 8926 3.5.</remarks>
public readonly record struct GeneveOptionKind(ushort Class, byte Type)
{
    /// <summary>Who does not know it drops the packet (<c>GENEVE_CRIT_OPT_TYPE</c>).</summary>
    public bool IsCritical => (Type & 0x80) != 0;
}
