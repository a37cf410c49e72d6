using Wiretrue.Captures.Diagnosis;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Testing;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Tests.Output;

public sealed class InspectTableTests
{
    [Fact]
    public void What_did_not_occur_has_neither_row_nor_column()
    {
        InspectTable table = Sample("tcp4.pcap");
        Assert.Equal(["checksums", "good", "partial"], table.Columns);
        Assert.Equal([["IPv4 header", "62", "."], ["TCP", ".", "62"]], table.Rows);
    }

    [Fact]
    public void Inner_transports_have_rows_of_their_own()
    {
        InspectTable table = Sample("vxlan.pcap");
        Assert.Equal(["IPv4 header", "UDP", "inner TCP"], table.Rows.Select(row => row[0]));
        Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Length));
    }

    [Fact]
    public void The_lines_above_tell_the_file_and_its_super_frames()
    {
        InspectTable table = Sample("tcp4.pcap");
        Assert.Equal(2, table.Lines.Count);
        Assert.EndsWith("tcp4.pcap: pcap, 62 packets, 305124 bytes", table.Lines[0], StringComparison.Ordinal);
        Assert.Equal("super-frames: 29, the largest 33746 bytes (29 partial)", table.Lines[1]);
    }

    [Fact]
    public void A_capture_of_nothing_has_no_table()
    {
        var table = new InspectTable("none.pcap", CaptureCompression.Gzip, new InspectReport());
        Assert.Equal(["none.pcap: pcap, gzip, 0 packets, 0 bytes", "super-frames: none"], table.Lines);
        Assert.Empty(table.Rows);
        Assert.Equal("none.pcap: pcap, gzip, 0 packets, 0 bytes\nsuper-frames: none\n", Plain(table));
    }

    [Fact]
    public void Plain_columns_stand_under_one_another()
    {
        string[] lines = Plain(Sample("tcp4.pcap")).Split('\n');
        Assert.Equal("checksums    good  partial", lines[2]);
        Assert.Equal("IPv4 header    62        .", lines[3]);
        Assert.Equal("TCP             .       62", lines[4]);
        Assert.Equal("", lines[5]);
    }

    [Fact]
    public void A_terminal_shows_the_same_cells()
    {
        using var writer = new StringWriter();
        InspectTable table = Sample("tcp4.pcap");
        TerminalTable.Write(writer, table);
        Assert.All(table.Columns.Concat(table.Rows.SelectMany(row => row)), cell => Assert.Contains(cell, writer.ToString(), StringComparison.Ordinal));
    }

    private static InspectTable Sample(string name)
    {
        using CaptureReader reader = CaptureReader.Open(RepositoryRoot.Combine("samples", name));
        return new InspectTable(reader.Name, reader.Compression, CaptureInspector.Inspect(reader, new InferenceOptions()));
    }

    private static string Plain(InspectTable table)
    {
        using var writer = new StringWriter();
        PlainTable.Write(writer, table);
        return writer.ToString();
    }
}
