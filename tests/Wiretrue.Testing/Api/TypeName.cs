using System.Reflection;

namespace Wiretrue.Testing.Api;

/// <summary>Writes a type's name as C# does, without its namespace.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> _keywords = new (Type Type, string Keyword)[]
    {
        (typeof(void), "void"), (typeof(object), "object"), (typeof(string), "string"), (typeof(bool), "bool"), (typeof(char), "char"),
        (typeof(byte), "byte"), (typeof(sbyte), "sbyte"), (typeof(short), "short"), (typeof(ushort), "ushort"), (typeof(int), "int"),
        (typeof(uint), "uint"), (typeof(long), "long"), (typeof(ulong), "ulong"), (typeof(nint), "nint"), (typeof(nuint), "nuint"),
        (typeof(float), "float"), (typeof(double), "double"), (typeof(decimal), "decimal"),
    }.ToDictionary(each => each.Type, each => each.Keyword);

    public static string Of(Type type) => Of(type, null);

    /// <summary>With the question marks of what may be null.</summary>
    public static string Of(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef)
            return Of(type.GetElementType()!, nullability);
        if (Nullable.GetUnderlyingType(type) is { } value)
            return $"{Of(value)}?";
        string mark = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[]{mark}";
        if (type.IsPointer)
            return $"{Of(type.GetElementType()!)}*";
        if (_keywords.TryGetValue(type, out string? keyword))
            return keyword + mark;
        string name = type.IsNested && !type.IsGenericParameter ? $"{Of(type.DeclaringType!)}.{type.Name}" : type.Name;
        if (!type.IsGenericType)
            return name + mark;

        NullabilityInfo[] inner = nullability?.GenericTypeArguments ?? [];
        string arguments = string.Join(", ", type.GetGenericArguments().Select((each, i) => Of(each, i < inner.Length ? inner[i] : null)));
        return name.StartsWith("ValueTuple`", StringComparison.Ordinal) ? $"({arguments})" : $"{name.Split('`')[0]}<{arguments}>{mark}";
    }

    /// <summary>What is demanded of type parameters.</summary>
    public static string Constraints(IEnumerable<Type> arguments) => string.Concat(arguments.Where(each => each.IsGenericParameter).Select(each =>
    {
        GenericParameterAttributes demands = each.GenericParameterAttributes;
        List<string> words = [];
        if ((demands & GenericParameterAttributes.NotNullableValueTypeConstraint) != 0)
            words.Add("struct");
        if ((demands & GenericParameterAttributes.ReferenceTypeConstraint) != 0)
            words.Add("class");
        words.AddRange(each.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Of));
        if ((demands & GenericParameterAttributes.AllowByRefLike) != 0)
            words.Add("allows ref struct");
        return words.Count == 0 ? "" : $" where {each.Name} : {string.Join(", ", words)}";
    }));
}
