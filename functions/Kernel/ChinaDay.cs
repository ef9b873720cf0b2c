using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pond.Kernel;

/// <summary>A calendar day in China: always at +08:00, without summer time.</summary>
[JsonConverter(typeof(JsonForm))]
public readonly record struct ChinaDay(DateOnly Date)
{
    /// <summary>China's fixed distance from UTC.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    private const string Format = "yyyyMMdd";

    public static ChinaDay Of(DateTimeOffset instant) => new(DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime));

    /// <summary>The inverse of <see cref="ToString"/>.</summary>
    /// <exception cref="FormatException">Not eight digits of a date.</exception>
    public static ChinaDay Parse(string text) =>
        new(DateOnly.ParseExact(text, Format, CultureInfo.InvariantCulture));

    /// <summary>The first instant of the day; a day is half-open, [Start, Next.Start).</summary>
    public DateTimeOffset Start => new(Date.ToDateTime(TimeOnly.MinValue), Offset);

    public ChinaDay Next => AddDays(1);

    public ChinaDay Previous => AddDays(-1);

    public ChinaDay AddDays(int days) => new(Date.AddDays(days));

    /// <summary>The first day of the month after this day's.</summary>
    public ChinaDay NextMonth => new(new DateOnly(Date.Year, Date.Month, 1).AddMonths(1));

    /// <summary>
    /// The same day so many months on, or that month's last day where it is shorter (31 January + 1 = end of February).
    /// </summary>
    public ChinaDay AddMonths(int months) => new(Date.AddMonths(months));

    /// <summary>Eight digits that sort by time, such as 20261121: fit for a row key.</summary>
    public override string ToString() => Date.ToString(Format, CultureInfo.InvariantCulture);

    private sealed class JsonForm : JsonConverter<ChinaDay>
    {
        public override ChinaDay Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Parse(reader.GetString() ?? throw new JsonException("A day is eight digits."));

        public override void Write(Utf8JsonWriter writer, ChinaDay day, JsonSerializerOptions options) =>
            writer.WriteStringValue(day.ToString());
    }
}
