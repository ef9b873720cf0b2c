using System.Reflection;
using System.Runtime.CompilerServices;

namespace Pond.Tests.Flavours;

/// <summary>Types and parameters as C# writes them, with their namespaces and with what may be null.</summary>
internal static class SignatureText
{
    private const byte NeverNull = 1;
    private const byte MaybeNull = 2;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
    };

    public static string Of(PropertyInfo property) => property.PropertyType.IsGenericParameter
        ? Of(property.PropertyType) + (Mark(property, property.DeclaringType) is MaybeNull ? "?" : "")
        : Of(property.PropertyType, new NullabilityInfoContext().Create(property));

    public static string Of(ParameterInfo parameter) => parameter.ParameterType.IsGenericParameter
        ? Of(parameter.ParameterType)
            + (Mark(parameter, parameter.Member, parameter.Member.DeclaringType) is MaybeNull ? "?" : "")
        : Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));

    public static string Of(Type type, NullabilityInfo? info = null) =>
        Nullable.GetUnderlyingType(type) is { } value
            ? Of(value) + "?"
            : Name(type, info) + (info is { ReadState: NullabilityState.Nullable } ? "?" : "");

    public static string Parameters(MethodBase method)
    {
        var first = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return first + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    /// <summary>As <c> where T : class</c>; empty when anything may stand in.</summary>
    public static string Constraints(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var isClass = attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint);
        var isNotNull = Mark(parameter, parameter.DeclaringMethod, parameter.DeclaringType) is NeverNull;
        var all = parameter.GetGenericParameterConstraints().Select(each => Of(each)).ToList();
        if (isClass || isNotNull) all.Insert(0, isClass ? "class" : "notnull");
        return all.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", all)}";
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var prefix = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        var value = parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "";
        return $"{prefix}{Of(parameter)} {parameter.Name}{value}";
    }

    private static string Name(Type type, NullabilityInfo? info)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsArray) return Of(type.GetElementType()!, info?.ElementType) + "[]";
        if (type.IsGenericParameter) return type.Name;
        if (!type.IsGenericType) return type.FullName!;

        var arguments = type.GetGenericArguments()
            .Select((argument, i) => Of(argument, info?.GenericTypeArguments.ElementAtOrDefault(i)));
        return $"{type.GetGenericTypeDefinition().FullName!.Split('`')[0]}<{string.Join(", ", arguments)}>";
    }

    // What the compiler notes: at the thing itself, or once for all that a method or a type is made of.
    private static byte? Mark(ICustomAttributeProvider thing, params ICustomAttributeProvider?[] owners)
    {
        var own = Noted(thing, "System.Runtime.CompilerServices.NullableAttribute");
        var inherited = owners.OfType<ICustomAttributeProvider>()
            .Select(owner => Noted(owner, "System.Runtime.CompilerServices.NullableContextAttribute"));
        return inherited.Prepend(own).FirstOrDefault(mark => mark is not null);
    }

    private static byte? Noted(ICustomAttributeProvider thing, string attribute)
    {
        IEnumerable<CustomAttributeData> all = thing switch
        {
            MemberInfo member => member.GetCustomAttributesData(),
            ParameterInfo parameter => parameter.GetCustomAttributesData(),
            _ => [],
        };
        var noted = all.FirstOrDefault(each => each.AttributeType.FullName == attribute);
        return noted?.ConstructorArguments[0].Value as byte?;
    }
}
