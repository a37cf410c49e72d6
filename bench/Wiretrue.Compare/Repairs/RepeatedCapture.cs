namespace Wiretrue.Compare.Repairs;

/// <summary>A large capture made of a small one's records over and over. Times and sequence numbers repeat; the SYNs are kept.</summary>
internal static class RepeatedCapture
{
    private const int FileHeaderLength = 24; // pcap: magic, version, zone, accuracy, snap length, link type.

    /// <summary>Writes at least <paramref name="size"/> bytes to <paramref name="path"/>.</summary>
    public static void Write(string path, string source, long size)
    {
        byte[] bytes = File.ReadAllBytes(source);
        using FileStream file = File.Create(path);
        file.Write(bytes, 0, FileHeaderLength);
        while (file.Position < size)
            file.Write(bytes, FileHeaderLength, bytes.Length - FileHeaderLength);
    }
}
