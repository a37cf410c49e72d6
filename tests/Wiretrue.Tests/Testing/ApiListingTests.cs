using Wiretrue.Testing.Api;

namespace Wiretrue.Tests.Testing;

public sealed class ApiListingTests
{
    private const string Owner = "Wiretrue.Tests.Testing.ApiListingTests";

    public interface IShape<TSelf>
        where TSelf : struct
    {
        static abstract TSelf Create(params ReadOnlySpan<byte> bytes);
    }

    [Flags]
    public enum Marks : byte
    {
        None = 0,
        Highest = 0x80,
    }

    public readonly record struct Value(int Number);

    public class Open : IDisposable
    {
        public const string Word = "word";

        protected Open(string? name) => Name = name;

        public string? Name { get; protected set; }

        public required List<string?> Names { get; init; }

        public static bool TryFind(in Value value, out Open? found, ref int position, Marks marks = Marks.Highest, Value other = default)
        {
            found = null;
            return position == value.Number + other.Number && marks == Marks.None;
        }

        public virtual ref readonly int this[int index] => ref _hidden;

        public override string ToString() => Word;

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing) => Hidden();

        internal void Hidden() => _hidden++;

        private int _hidden;
    }

    [Fact]
    public void A_class_is_listed_as_those_who_derive_from_it_see_it() => Assert.Equal(
        [
            "class ApiListingTests.Open : IDisposable",
            "protected Open(string? name)",
            "protected virtual void Dispose(bool disposing)",
            "void Dispose()",
            "virtual ref readonly int this[int index] { get; }",
            "string? Name { get; protected set; }",
            "required List<string?> Names { get; init; }",
            "override string ToString()",
            "static bool TryFind(in ApiListingTests.Value value, out ApiListingTests.Open? found, ref int position, "
                + "ApiListingTests.Marks marks = Marks.Highest, ApiListingTests.Value other = default)",
            "const string Word = \"word\"",
        ],
        Lines(typeof(Open), "Open"));

    [Fact]
    public void What_the_compiler_gives_every_record_is_not_listed() => Assert.Equal(
        ["readonly record struct ApiListingTests.Value", "Value(int Number)", "int Number { get; init; }"], Lines(typeof(Value), "Value"));

    [Fact]
    public void Flags_are_told_by_their_bits() => Assert.Equal(
        ["enum Marks : byte", "Highest = 0x80", "None = 0x0"], Lines(typeof(Marks), "Marks"));

    [Fact]
    public void An_interface_says_what_it_demands() => Assert.Equal(
        [
            "interface ApiListingTests.IShape<TSelf> where TSelf : struct",
            "static abstract TSelf Create(params ReadOnlySpan<byte> bytes)",
        ],
        Lines(typeof(IShape<>), "IShape<TSelf>"));

    private static IEnumerable<string> Lines(Type type, string name)
    {
        string start = $"{Owner}.{name}: ";
        return ApiListing.Of(type).Select(line =>
        {
            Assert.StartsWith(start, line, StringComparison.Ordinal);
            return line[start.Length..];
        });
    }
}
