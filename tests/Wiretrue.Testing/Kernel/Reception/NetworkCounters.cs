namespace Wiretrue.Testing.Kernel.Reception;

/// <summary>
/// What the kernel counts of this network namespace: <c>/proc/net/snmp</c> and <c>netstat</c> as "Udp:InErrors", <c>snmp6</c> as "Udp6InErrors".
/// </summary>
public sealed class NetworkCounters
{
    private readonly Dictionary<string, long> _values = new(StringComparer.Ordinal);

    private NetworkCounters()
    {
    }

    /// <summary>The counters as they are now.</summary>
    public static NetworkCounters Read()
    {
        var counters = new NetworkCounters();
        foreach (string file in (string[])["/proc/net/snmp", "/proc/net/netstat"])
        {
            string[] lines = File.ReadAllLines(file);
            // A line of names, and one of values.
            for (int i = 0; i + 1 < lines.Length; i += 2)
            {
                string[] names = lines[i].Split(' ');
                string[] values = lines[i + 1].Split(' ');
                for (int j = 1; j < names.Length; j++)
                    counters._values[names[0] + names[j]] = Parse(values[j]);
            }
        }
        foreach (string line in File.ReadAllLines("/proc/net/snmp6"))
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            counters._values[words[0]] = Parse(words[1]);
        }
        return counters;
    }

    /// <summary>How far a counter has gone since <paramref name="before"/>; 0 for one that this kernel does not have.</summary>
    public long Since(NetworkCounters before, string name) => _values.GetValueOrDefault(name) - before._values.GetValueOrDefault(name);

    private static long Parse(string value) => long.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
}
