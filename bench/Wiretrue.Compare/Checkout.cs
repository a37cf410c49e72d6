namespace Wiretrue.Compare;

/// <summary>The folder of the sources that this program was built from.</summary>
internal static class Checkout
{
    /// <summary>The folder that has the solution in it.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Wiretrue.slnx")))
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("not inside the repository");
        return root;
    }
}
