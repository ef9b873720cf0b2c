using System.Reflection;
using System.Runtime.CompilerServices;

namespace Pond.Tests.Flavours;

/// <summary>What others can see of types, as C# without bodies: a line for each type and each member.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The public ones of <paramref name="types"/>, in the order of their names.</summary>
    public static IEnumerable<string> Of(IEnumerable<Type> types) =>
        from type in types.Where(type => type.IsVisible).OrderBy(type => type.FullName, StringComparer.Ordinal)
        from line in Lines(type)
        select line;

    private static IEnumerable<string> Lines(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
            return [$"public delegate {Signature(type.GetMethod("Invoke")!, type.FullName!)}"];
        if (type.IsEnum)
        {
            var values = type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => $"    {field.Name} = {field.GetRawConstantValue()}");
            return [$"public enum {type.FullName}", .. values];
        }

        var members = type.GetConstructors(Declared).Where(IsVisible).Select(Constructor)
            .Concat(type.GetProperties(Declared).Where(property => IsVisible(property.GetMethod!)).Select(Property))
            .Concat(type.GetMethods(Declared).Where(IsOrdinary).Select(Method));
        return [Head(type), .. members.Select(member => "    " + member).Order(StringComparer.Ordinal)];
    }

    private static string Head(Type type)
    {
        var usage = typeof(Attribute).IsAssignableFrom(type)
            ? $"[AttributeUsage({type.GetCustomAttribute<AttributeUsageAttribute>()!.ValidOn})] "
            : "";
        var kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var inherited = type.GetInterfaces().SelectMany(each => each.GetInterfaces())
            .Concat(type.BaseType?.GetInterfaces() ?? []);
        var bases = type.GetInterfaces().Except(inherited).Select(each => SignatureText.Of(each))
            .Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } above && above != typeof(object)) bases.Insert(0, SignatureText.Of(above));
        return $"{usage}public {kind} {SignatureText.Of(type)}{(bases.Count == 0 ? "" : " : " + string.Join(", ", bases))}";
    }

    // Nobody but a derived class can call the constructor of an abstract one, whatever it says.
    private static string Constructor(ConstructorInfo constructor) =>
        $"{(constructor.DeclaringType!.IsAbstract ? "protected" : Access(constructor))} "
        + $"{constructor.DeclaringType.Name.Split('`')[0]}({SignatureText.Parameters(constructor)})";

    private static string Property(PropertyInfo property)
    {
        var setter = property.SetMethod is { } set && IsVisible(set) ? " set;" : "";
        return $"{Modifiers(property.GetMethod!)}{SignatureText.Of(property)} {property.Name} {{ get;{setter} }}";
    }

    private static string Method(MethodInfo method) => Modifiers(method) + Signature(method, method.Name);

    private static string Signature(MethodInfo method, string name)
    {
        var generics = method.GetGenericArguments();
        var constraints = string.Concat(generics.Select(SignatureText.Constraints));
        var arguments = generics is [] ? "" : $"<{string.Join(", ", generics.Select(each => each.Name))}>";
        return $"{SignatureText.Of(method.ReturnParameter)} {name}{arguments}"
            + $"({SignatureText.Parameters(method)}){constraints}";
    }

    private static string Modifiers(MethodInfo method)
    {
        if (method.DeclaringType!.IsInterface) return "";
        var kind = method switch
        {
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        return $"{Access(method)} {kind}";
    }

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static bool IsOrdinary(MethodInfo method) =>
        IsVisible(method) && !method.IsSpecialName && method.GetBaseDefinition().DeclaringType == method.DeclaringType
        && !method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
