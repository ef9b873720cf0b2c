using System.Globalization;
using Pond.Kernel;
using Pond.Touches;

namespace Pond.Reminders;

/// <summary>TCH-06: what all reminders say is short enough for a message of WeChat, and to be read. Pure.</summary>
public static class ReminderTexts
{
    /// <summary>Characters of a text of a subscription message (WeChat's <c>thing</c>).</summary>
    public const int CharsMax = 20;

    private const string More = "…";

    /// <summary>What a message can show; what is null is left out.</summary>
    /// <param name="title">What it is about; cut when it is too long.</param>
    /// <param name="amount">Money or points at stake.</param>
    /// <param name="endsAt">Until when the member can act.</param>
    /// <param name="remark">What to do.</param>
    public static IReadOnlyDictionary<string, string> Values(
        string title, string? amount = null, DateTimeOffset? endsAt = null, string? remark = null)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { [TouchValues.Title] = Shortened(title) };
        if (amount is not null) values[TouchValues.Amount] = amount;
        if (endsAt is { } end) values[TouchValues.EndsAt] = TimeOf(end);
        if (remark is not null) values[TouchValues.Remark] = Shortened(remark);
        return values;
    }

    /// <summary>No longer than <see cref="CharsMax"/>, and never half a character.</summary>
    public static string Shortened(string text)
    {
        var characters = new StringInfo(text);
        return characters.LengthInTextElements <= CharsMax
            ? text
            : characters.SubstringByTextElements(0, CharsMax - More.Length) + More;
    }

    /// <summary>As in China, such as <c>2026年7月1日 09:30</c>.</summary>
    public static string TimeOf(DateTimeOffset instant) =>
        instant.ToOffset(ChinaDay.Offset).ToString("yyyy年M月d日 HH:mm", CultureInfo.InvariantCulture);

    /// <summary>
    /// How long before its end something is worth a reminder: no more than that, and no more than a quarter of it.
    /// </summary>
    public static TimeSpan LeadOf(TimeSpan whole, TimeSpan leadMax) => whole / 4 < leadMax ? whole / 4 : leadMax;
}
