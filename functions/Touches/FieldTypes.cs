namespace Pond.Touches;

/// <summary>What kind of value a field of a template takes. Source: WeChat's docs, 订阅消息参数值内容限制说明.</summary>
public enum FieldType
{
    /// <summary>Any text of 20 characters.</summary>
    Thing,

    /// <summary>Digits, with a decimal point or none.</summary>
    Number,

    /// <summary>Letters.</summary>
    Letter,

    /// <summary>Symbols.</summary>
    Symbol,

    /// <summary>Digits, letters and symbols.</summary>
    CharacterString,

    /// <summary>A time of day, after a date or none.</summary>
    Time,

    /// <summary>A date, before a time of day or none.</summary>
    Date,

    /// <summary>Money.</summary>
    Amount,

    /// <summary>Digits and symbols.</summary>
    PhoneNumber,

    /// <summary>A number plate.</summary>
    CarNumber,

    /// <summary>Ten Chinese characters or twenty letters.</summary>
    Name,

    /// <summary>Five Chinese characters and nothing else.</summary>
    Phrase,
}

/// <summary>Reads the names of fields: a type and a number.</summary>
public static class FieldTypes
{
    private const int NumberDigitsMax = 2;

    private static readonly Dictionary<string, FieldType> ByName = new(StringComparer.Ordinal)
    {
        ["thing"] = FieldType.Thing,
        ["number"] = FieldType.Number,
        ["letter"] = FieldType.Letter,
        ["symbol"] = FieldType.Symbol,
        ["character_string"] = FieldType.CharacterString,
        ["time"] = FieldType.Time,
        ["date"] = FieldType.Date,
        ["amount"] = FieldType.Amount,
        ["phone_number"] = FieldType.PhoneNumber,
        ["car_number"] = FieldType.CarNumber,
        ["name"] = FieldType.Name,
        ["phrase"] = FieldType.Phrase,
    };

    /// <summary>The type of a field, or null when there is no such field.</summary>
    public static FieldType? Of(string fieldName)
    {
        var type = fieldName.TrimEnd(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        var digits = fieldName.Length - type.Length;
        return digits is >= 1 and <= NumberDigitsMax && ByName.TryGetValue(type, out var known) ? known : null;
    }
}
