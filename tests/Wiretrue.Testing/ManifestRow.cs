namespace Wiretrue.Testing;

/// <summary>What the corpus's manifest says about one capture. The columns are explained in the corpus's own COLUMNS.md.</summary>
public sealed class ManifestRow
{
    private readonly Dictionary<string, string> _cells = new(StringComparer.Ordinal);

    internal ManifestRow(string[] columns, string[] cells)
    {
        for (int i = 0; i < columns.Length; i++)
            _cells[columns[i]] = i < cells.Length ? cells[i] : "";
    }

    /// <summary>The capture's file name.</summary>
    public string File => _cells["file"];

    /// <summary>What the capture shows, in words.</summary>
    public string Shows => _cells["shows"];

    /// <summary>The container: <c>pcap-le-us</c>, <c>pcapng-mixed</c>, <c>snoop</c> and the like.</summary>
    public string Format => _cells["format"];

    /// <summary>Link types with packets of each, as <c>EN10MB:6,NULL:2</c>.</summary>
    public string LinkTypes => _cells["linktypes"];

    /// <summary>Packets in the capture.</summary>
    public long Packets => this["pkts"];

    /// <summary>A counting column; empty cells count as 0. Throws for a column that the manifest does not have.</summary>
    public long this[string column] => _cells[column] is { Length: > 0 } text ? long.Parse(text) : 0;

    /// <summary>Any column, as it stands.</summary>
    public string Text(string column) => _cells[column];

    /// <inheritdoc/>
    public override string ToString() => File;
}
