using System.Globalization;

namespace Pond;

/// <summary>Reads settings into options, and gathers what keeps the app from starting.</summary>
public static class Settings
{
    /// <summary>
    /// The options of a section. Numbers that are none are problems like any other, and left at their defaults.
    /// </summary>
    public static T Bound<T>(this IConfiguration configuration, string section, List<string> problems)
        where T : class, new()
    {
        var values = configuration.GetSection(section).AsEnumerable(makePathsRelative: true)
            .Where(each => each.Value is not null) // a section has none, and would become a setting of null
            .ToDictionary();
        foreach (var property in typeof(T).GetProperties())
        {
            if (!values.TryGetValue(property.Name, out var text) || IsFit(property.PropertyType, text)) continue;
            problems.Add($"{section}:{property.Name} must be a whole number.");
            values.Remove(property.Name);
        }

        return new ConfigurationBuilder().AddInMemoryCollection(values).Build().Get<T>() ?? new T();
    }

    private static bool IsFit(Type type, string? text)
    {
        if (type != typeof(int) && type != typeof(long)) return true;
        var isWhole = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        return isWhole && (type == typeof(long) || number is >= int.MinValue and <= int.MaxValue);
    }
}

/// <summary>Settings that keep the app from starting.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems)
    : Exception("The settings do not do:\n- " + string.Join("\n- ", problems))
{
    public static void ThrowIfAny(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0) throw new SettingsException(problems);
    }
}
