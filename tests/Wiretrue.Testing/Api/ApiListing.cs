using System.Reflection;
using System.Runtime.CompilerServices;

namespace Wiretrue.Testing.Api;

/// <summary>What an assembly lets others use: a line for each public type and member, in an order that only their names decide.</summary>
public static class ApiListing
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The lines, each the type's full name and a declaration as C# would have it.</summary>
    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes()
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .SelectMany(Of);

    /// <summary>A type's lines: its declaration, then its members by name.</summary>
    public static IEnumerable<string> Of(Type type)
    {
        string owner = $"{type.Namespace}.{TypeName.Of(type)}";
        return Members(type)
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .ThenBy(member => member.Text, StringComparer.Ordinal)
            .Select(member => member.Text)
            .Prepend(TypeDeclaration.Of(type))
            .Select(line => $"{owner}: {line}");
    }

    private static IEnumerable<(string Name, string Text)> Members(Type type)
    {
        if (type.IsEnum)
            return type.GetEnumNames().Select(name => (name, $"{name} = {EnumValue(type, name)}"));
        return type.GetConstructors(Declared).Where(IsForOthers).Select(made => ("", MemberDeclaration.Of(made)))
            .Concat(type.GetFields(Declared).Where(IsForOthers).Select(field => (field.Name, MemberDeclaration.Of(field))))
            .Concat(type.GetProperties(Declared).Where(IsForOthers).Select(property => (property.Name, MemberDeclaration.Of(property))))
            .Concat(type.GetMethods(Declared).Where(IsForOthers).Select(method => (method.Name, MemberDeclaration.Of(method))));
    }

    // In the bits that it has: a flag in the highest one would be a negative number otherwise.
    private static string EnumValue(Type type, string name)
    {
        object value = type.GetField(name)!.GetRawConstantValue()!;
        return type.IsDefined(typeof(FlagsAttribute)) ? $"0x{value:X}" : $"{value}";
    }

    private static bool IsForOthers(PropertyInfo property) =>
        property.GetAccessors(nonPublic: true).Any(MemberDeclaration.IsVisible) && !IsMadeByCompiler(property);

    private static bool IsForOthers(FieldInfo field) => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !IsMadeByCompiler(field);

    // Accessors are told with their properties; operators are methods of a special name, too.
    private static bool IsForOthers(MethodBase method) => MemberDeclaration.IsVisible(method) && !IsMadeByCompiler(method)
        && (!method.IsSpecialName || method.IsConstructor || method.Name.StartsWith("op_", StringComparison.Ordinal));

    /// <summary>What every record has.</summary>
    private static bool IsMadeByCompiler(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute));
}
