using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Wiretrue.Testing.Api;

/// <summary>Declares a member as C# does, as far as its users see it; what is not said to be protected is public.</summary>
internal static class MemberDeclaration
{
    private static readonly NullabilityInfoContext _nullability = new();

    /// <summary>True when others can name it: it is public, or they can derive from its type.</summary>
    public static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    public static string Of(ConstructorInfo made) => $"{Modifiers(made)}{made.DeclaringType!.Name.Split('`')[0]}({Parameters(made)})";

    public static string Of(MethodInfo method)
    {
        string arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeName.Of))}>" : "";
        return $"{Modifiers(method)}{Returned(method.ReturnParameter)} {method.Name}{arguments}({Parameters(method)})"
            + TypeName.Constraints(method.GetGenericArguments());
    }

    public static string Of(FieldInfo field)
    {
        string type = TypeName.Of(field.FieldType, _nullability.Create(field));
        if (field.IsLiteral)
            return $"const {type} {field.Name} = {Literal(field.GetRawConstantValue(), field.FieldType)}";
        return $"{(field.IsPublic ? "" : "protected ")}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    public static string Of(PropertyInfo property)
    {
        MethodInfo[] accessors = [.. property.GetAccessors(nonPublic: true).Where(IsVisible)];
        MethodInfo first = accessors.FirstOrDefault(accessor => accessor.IsPublic) ?? accessors[0];
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        // A property by reference is one that the context knows only by its getter's answer.
        string type = property.GetMethod is { } get ? Returned(get.ReturnParameter, _nullability.Create(property)) : TypeName.Of(property.PropertyType);
        ParameterInfo[] index = property.GetIndexParameters();
        string name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        string words = string.Concat(accessors.OrderBy(accessor => accessor != property.GetMethod).Select(accessor =>
            $" {(first.IsPublic && !accessor.IsPublic ? "protected " : "")}{Word(property, accessor)};"));
        return $"{Modifiers(first)}{required}{type} {name} {{{words} }}";
    }

    private static string Word(PropertyInfo property, MethodInfo accessor)
    {
        if (accessor == property.GetMethod)
            return "get";
        return accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init" : "set";
    }

    private static string Modifiers(MethodBase method)
    {
        string access = method.IsPublic ? "" : "protected ";
        string isStatic = method.IsStatic ? "static " : "";
        bool isOverride = method is MethodInfo info && info.GetBaseDefinition() != info;
        if (isOverride)
            return $"{access}{(method.IsFinal ? "sealed " : "")}override ";
        // Whatever implements an interface is virtual to the runtime, and sealed unless it was said to be virtual.
        return access + isStatic + (method.IsAbstract, method.IsVirtual && !method.IsFinal) switch
        {
            (true, _) when method.DeclaringType!.IsInterface && !method.IsStatic => "",
            (true, _) => "abstract ",
            (_, true) => "virtual ",
            _ => "",
        };
    }

    private static string Returned(ParameterInfo returned) => Returned(returned, _nullability.Create(returned));

    private static string Returned(ParameterInfo returned, NullabilityInfo nullability)
    {
        string by = !returned.ParameterType.IsByRef ? "" : returned.IsDefined(typeof(IsReadOnlyAttribute)) ? "ref readonly " : "ref ";
        return by + TypeName.Of(returned.ParameterType, nullability);
    }

    private static string Parameters(MethodBase method)
    {
        string extended = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return extended + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        string by = !parameter.ParameterType.IsByRef ? Params(parameter)
            : parameter.IsOut ? "out "
            : parameter.IsDefined(typeof(RequiresLocationAttribute)) ? "ref readonly "
            : parameter.IsIn ? "in "
            : "ref ";
        string value = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{by}{TypeName.Of(parameter.ParameterType, _nullability.Create(parameter))} {parameter.Name}{value}";
    }

    private static string Params(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "";

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ when type.IsEnum => $"{type.Name}.{Enum.ToObject(type, value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
