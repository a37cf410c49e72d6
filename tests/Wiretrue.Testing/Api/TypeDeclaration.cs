using System.Reflection;
using System.Runtime.CompilerServices;

namespace Wiretrue.Testing.Api;

/// <summary>Declares a type as C# does, as far as its users see it.</summary>
internal static class TypeDeclaration
{
    public static string Of(Type type)
    {
        if (type.IsEnum)
            return $"enum {type.Name} : {TypeName.Of(Enum.GetUnderlyingType(type))}";
        string bases = string.Join(", ", Bases(type));
        return $"{Kind(type)} {TypeName.Of(type)}{(bases.Length == 0 ? "" : " : ")}{bases}{TypeName.Constraints(type.GetGenericArguments())}";
    }

    private static string Kind(Type type)
    {
        if (type.IsInterface)
            return "interface";
        string record = IsRecord(type) ? "record " : "";
        if (type.IsValueType)
        {
            string access = type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "";
            return $"{access}{(type.IsByRefLike ? "ref " : "")}{record}struct";
        }
        string limits = (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static ",
            (true, false) => "abstract ",
            (false, true) => "sealed ",
            _ => "",
        };
        return $"{limits}{(record.Length == 0 ? "class" : "record")}";
    }

    // Only records print their members.
    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null;

    private static IEnumerable<string> Bases(Type type)
    {
        Type? parent = type.BaseType;
        if (parent is not null && parent != typeof(object) && parent != typeof(ValueType))
            yield return TypeName.Of(parent);
        // Those that the parent or another interface brings with it are not repeated; nor that a record is equal to its like.
        Type[] all = type.GetInterfaces();
        IEnumerable<Type> brought = all.SelectMany(each => each.GetInterfaces()).Concat(parent?.GetInterfaces() ?? []);
        IEnumerable<Type> own = all.Except(brought).Where(each => each.IsPublic && !(IsRecord(type) && IsEquatable(each)));
        foreach (string name in own.Select(TypeName.Of).Order(StringComparer.Ordinal))
            yield return name;
    }

    private static bool IsEquatable(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEquatable<>);
}
