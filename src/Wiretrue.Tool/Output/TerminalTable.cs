using Spectre.Console;

namespace Wiretrue.Tool.Output;

/// <summary>A table for a terminal that takes colour. Only a terminal loads Spectre.Console: its start-up is longer than most runs.</summary>
internal static class TerminalTable
{
    public static void Write(TextWriter writer, InspectTable table)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Out = new AnsiConsoleOutput(writer),
        });
        foreach (string line in table.Lines)
        {
            console.WriteLine(line);
        }

        if (table.Rows.Count == 0)
        {
            return;
        }

        var drawn = new Table { Border = TableBorder.Rounded };
        for (int i = 0; i < table.Columns.Count; i++)
        {
            drawn.AddColumn(new TableColumn(new Text(table.Columns[i], new Style(decoration: Decoration.Bold)))
            {
                Alignment = i == 0 ? Justify.Left : Justify.Right,
            });
        }

        foreach (string[] row in table.Rows)
        {
            drawn.AddRow(row.Select((cell, i) => new Text(cell, Shade(table.Columns[i]))));
        }

        console.Write(drawn);
    }

    // What `fix` mends is yellow, what it leaves is red.
    private static Style? Shade(string state) => state switch
    {
        "good" => new Style(Color.Green),
        "partial" or "partial-no-length" or "zero" => new Style(Color.Yellow),
        "bad" or "rewritten" or "rewritten-partial" => new Style(Color.Red),
        _ => null,
    };
}
