namespace Wiretrue.Tool.Output;

/// <summary>A table as columns of plain text: for files, pipes and programs.</summary>
internal static class PlainTable
{
    public static void Write(TextWriter writer, InspectTable table)
    {
        foreach (string line in table.Lines)
        {
            writer.Write(line + "\n");
        }

        if (table.Rows.Count == 0)
        {
            return;
        }

        int[] widths = [.. table.Columns.Select((column, i) => Math.Max(column.Length, table.Rows.Max(row => row[i].Length)))];
        foreach (IReadOnlyList<string> row in (IEnumerable<IReadOnlyList<string>>)[table.Columns, .. table.Rows])
        {
            writer.Write(row[0].PadRight(widths[0]));
            for (int i = 1; i < row.Count; i++)
            {
                writer.Write("  " + row[i].PadLeft(widths[i]));
            }

            writer.Write("\n");
        }
    }
}
