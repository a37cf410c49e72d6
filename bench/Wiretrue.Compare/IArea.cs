namespace Wiretrue.Compare;

/// <summary>A part of the project that is held side by side with its peers.</summary>
internal interface IArea
{
    /// <summary>The word that selects it on the command line.</summary>
    string Name { get; }

    /// <summary>Measures its works, one after the other, and gives each one's row when it is known.</summary>
    IEnumerable<Row> Run();
}
