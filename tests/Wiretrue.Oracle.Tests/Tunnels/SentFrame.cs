using Wiretrue.Oracle.Tests.Kernel;
using Xunit.Sdk;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>Says of a difference how the frame was made.</summary>
internal static class SentFrame
{
    /// <summary>Does what is to be done with a frame; what fails says which frame it was.</summary>
    /// <param name="sent">The frame.</param>
    /// <param name="what">What is compared, in words.</param>
    /// <param name="round">How many went before.</param>
    /// <param name="judge">Fails with a difference.</param>
    public static void Judge(SuperFrame sent, string what, int round, Action<SuperFrame> judge)
    {
        try
        {
            judge(sent);
        }
        catch (Exception e) when (e is XunitException or IOException)
        {
            throw new XunitException($"{e.Message}\n{what}, round {round}: {sent.Description}, {sent.Header}", e);
        }
    }
}
