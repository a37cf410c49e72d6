using System.Globalization;

namespace Wiretrue.Tests.Testing;

/// <summary>What the kernel's own list says that may be done to an address of this process.</summary>
internal static class MemoryRights
{
    /// <summary>The rights in the list's letters, as "rw-p".</summary>
    public static string At(nuint address)
    {
        foreach (string line in File.ReadLines("/proc/self/maps"))
        {
            string[] fields = line.Split(' ');
            string[] range = fields[0].Split('-');
            if (address >= Number(range[0]) && address < Number(range[1]))
                return fields[1];
        }
        return "not mapped";
    }

    private static nuint Number(string hex) => (nuint)ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
