using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Pond.Kernel;

namespace Pond.Touches;

/// <summary>
/// TCH-01: fits a value to what WeChat takes in a field of its type. One that is too long is cut, one that can be no
/// such value is none. Pure.
/// </summary>
/// <remarks>WeChat counts characters, of which an emoji of several parts is one to whoever reads it.</remarks>
public static partial class TemplateValues
{
    public const int ThingCharsMax = 20;
    public const int TextCharsMax = 32;
    public const int SymbolCharsMax = 5;
    public const int PhoneCharsMax = 17;
    public const int CarCharsMax = 8;
    public const int PhraseCharsMax = 5;
    public const int HanNameCharsMax = 10;
    public const int NameCharsMax = 20;

    private const string Ellipsis = "…";
    private const string TimeFormat = "yyyy'年'M'月'd'日' HH':'mm";

    /// <summary>An instant as fields for times and dates show it: in China's time.</summary>
    public static string Time(DateTimeOffset at) =>
        at.ToOffset(ChinaDay.Offset).ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>The value that can be sent, or null when this is none.</summary>
    public static string? Fit(FieldType type, string? value)
    {
        var text = Clean(value);
        if (text.Length == 0) return null;
        return type switch
        {
            FieldType.Thing => Cut(text, ThingCharsMax),
            FieldType.Name => Cut(text, text.EnumerateRunes().Any(IsHan) ? HanNameCharsMax : NameCharsMax),
            FieldType.Phrase => Only(text, IsHan, PhraseCharsMax),
            FieldType.Letter => Only(text, rune => rune.IsAscii && Rune.IsLetter(rune), TextCharsMax),
            FieldType.Symbol => Only(text, rune => rune.IsBmp && IsSymbol(rune), SymbolCharsMax),
            FieldType.CharacterString => Only(text, rune => rune.IsAscii, TextCharsMax),
            FieldType.Number => Whole(NumberForm(), text),
            FieldType.Amount => Whole(AmountForm(), text),
            FieldType.PhoneNumber => Whole(PhoneForm(), text),
            FieldType.CarNumber => text.Length <= CarCharsMax ? Whole(CarForm(), text) : null,
            FieldType.Time => TimeOf(text, TimeForm()),
            FieldType.Date => TimeOf(text, DateForm()),
            _ => null,
        };
    }

    // What nobody sees is left out, and a line goes on after a break.
    private static string Clean(string? value)
    {
        var text = new StringBuilder();
        foreach (var rune in (value ?? "").EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    text.Append(' ');
                    break;
                case UnicodeCategory.Format when rune.Value != 0x200D:
                    break;
                default:
                    if (rune != Rune.ReplacementChar) text.Append(rune);
                    break;
            }
        }

        return text.ToString().Trim();
    }

    private static string Cut(string text, int charsMax)
    {
        // WeChat may count what is one element to a reader as several: no more of those than fit either.
        var elements = StringInfo.ParseCombiningCharacters(text);
        if (elements.Length <= charsMax && text.Length <= charsMax) return text;
        var end = 0;
        for (var i = 1; i <= elements.Length && i < charsMax; i++)
        {
            var next = i < elements.Length ? elements[i] : text.Length;
            if (next > charsMax - 1) break;
            end = next;
        }

        return text[..end].TrimEnd() + Ellipsis;
    }

    private static string? Only(string text, Func<Rune, bool> isFit, int charsMax) =>
        text.Length <= charsMax && text.EnumerateRunes().All(isFit) ? text : null;

    private static string? Whole(Regex form, string text) => form.IsMatch(text) ? text : null;

    // Slices tell instants in one form, people in others.
    private static string? TimeOf(string text, Regex form) =>
        InstantForm().IsMatch(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? Time(instant)
            : Whole(form, text);

    private static bool IsHan(Rune rune) =>
        rune.Value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF);

    private static bool IsSymbol(Rune rune) => Rune.IsSymbol(rune) || Rune.IsPunctuation(rune);

    [GeneratedRegex(@"^[0-9]{1,20}(\.[0-9]{1,10})?\z")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^[¥￥$€£]?(?=(\.?[0-9]){1,10}元?\z)[0-9]+(\.[0-9]{1,2})?元?\z")]
    private static partial Regex AmountForm();

    [GeneratedRegex(@"^[0-9+()\-* ]{1,17}\z")]
    private static partial Regex PhoneForm();

    [GeneratedRegex(@"^[\u4e00-\u9fff]?[0-9A-Za-z·-]{1,7}[\u4e00-\u9fff]?\z")]
    private static partial Regex CarForm();

    [GeneratedRegex(@"^([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日 ?)?([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?\z")]
    private static partial Regex TimeForm();

    [GeneratedRegex(
        @"^([0-9]{4}(年[0-9]{1,2}月([0-9]{1,2}日)?|([-/.][0-9]{1,2}){1,2})|[0-9]{1,2}月[0-9]{1,2}日)"
        + @"( ?([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?)?\z")]
    private static partial Regex DateForm();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,20}(Z|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex InstantForm();
}
