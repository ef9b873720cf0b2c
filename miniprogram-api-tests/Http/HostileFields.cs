using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pond.Tests.Http;

/// <summary>Bodies of the right form with values that they must not have, for every field of the description.</summary>
public sealed class HostileFields(HostileApp app) : IClassFixture<HostileApp>
{
    /// <summary>One value of every type that JSON has, and of those that people take for one another.</summary>
    private static readonly string[] OfEveryType =
    [
        "null", "true", "false", "7", "-7", "1.5", "1e3", "1.0", "\"\"", "\"text\"", "\"7\"", "\"true\"", "[]", "[1]",
        "[\"a\"]",
        "{}", "{\"a\":1}", "[[]]", "[null]", "\"2026-03-02\"", "\"2026-03-02T12:00:00+08:00\"", "1772424900",
        "1772424900000",
    ];

    private static readonly string[] NoIntegers =
    [
        "1.0", "1.5", "1e3", "1E3", "1e-3", "-0.0", "\"1\"", "\"\"", "[1]", "true", "1e400", "9007199254740993.0",
        "2147483648.5", "9223372036854775808", "-9223372036854775809", "99999999999999999999", "-99999999999999999999",
        "1_000", "１",
    ];

    private static readonly long[] Edges =
    [
        0, -1, int.MaxValue, int.MaxValue + 1L, int.MinValue, int.MinValue - 1L, uint.MaxValue, uint.MaxValue + 1L,
        (1L << 53) - 1, 1L << 53, (1L << 53) + 1, -(1L << 53), long.MaxValue, long.MinValue,
    ];

    private static readonly string[] NoTimes =
    [
        "", "now", "2026-03-02", "2026-02-30T00:00:00+08:00", "2026-13-01T00:00:00+08:00", "2026-03-02T24:00:00+08:00",
        "2026-03-02T12:60:00+08:00", "2026-03-02T12:00:00+99:00", "2026-03-02T12:00:00+8", "2026-03-02T12:00:00 CST",
        "2026-03-02T12:00:00+14:01", "0000-01-01T00:00:00+08:00", "10000-01-01T00:00:00+08:00", "2026/03/02 12:00:00",
        "2026-03-02 12:00:00+08:00", "20260302T120000+0800", "1772424900", "2026-W10-1T00:00:00Z",
        "-2026-03-02T12:00:00Z",
        "２０２６-03-02T12:00:00Z", "2026-03-02T12:00:00Z\u0000", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59+08:00", "1969-12-31T23:59:59Z",
        "2026-03-02T12:00:00", "2101-01-01T00:00:00+08:00",
    ];

    private static readonly string[] NoDays =
    [
        "", "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-3-2", "20260302", "0000-01-01", "10000-01-01",
        "02/03/2026", "2026-03-02T00:00:00Z", "2026-03-02 ", "２０２６-03-02", "0001-01-01", "9999-12-31", "1850-01-01",
    ];

    private static readonly string[] NoTexts =
    [
        "", " ", "   ", "\t", "\u3000\u3000", "a\0b", "a\u0007b", "a\u001bb", "a\u0085b", "a\u009fb", "a\nb", "a\r\nb",
        "a\u007fb",
        "ab\u202ecd", "ab\u200fcd", "a\u200bb", "\ufeffab", "a\u2066b", "ab\u061c", "a" + Repeat("\u0301", 1_000),
        Repeat("😀", 1_000), Repeat("名", 10_000),
        Repeat("a", 10_000), "ab\u00adcd", "\u200d\u200d", "a\u2028b", "a\u2029b",
    ];

    [Fact]
    public async Task A_value_of_the_wrong_type_is_refused() => await Refuse("Wrong types", field =>
        from value in OfEveryType
        where !Accepts(field, value)
        select value);

    [Fact]
    public async Task An_integer_beyond_its_bounds_or_in_another_form_is_refused() =>
        await Refuse("Integers", field => Has(field, "integer")
            ? [.. NoIntegers, .. Beyond(field).Select(number => number.ToString(CultureInfo.InvariantCulture))]
            : []);

    [Fact]
    public async Task A_time_that_is_none_or_lies_beyond_this_century_is_refused() =>
        await Refuse("Times", field =>
            (string?)field["format"] == "date-time" ? NoTimes.Select(Quote) : []);

    [Fact]
    public async Task A_day_that_is_none_or_nobodys_birthday_is_refused() =>
        await Refuse("Days", field => (string?)field["format"] == "date" ? NoDays.Select(Quote) : []);

    [Fact]
    public async Task Text_that_is_blank_too_long_or_not_for_eyes_is_refused() =>
        await Refuse("Texts", field => field["maxLength"] is { } max
            ? [.. NoTexts.Select(Quote), Quote(Repeat("a", (int)max + 1)), Quote(Repeat("名", (int)max + 1))]
            : []);

    [Fact]
    public async Task A_state_that_is_not_among_those_named_is_refused() =>
        await Refuse("States", field => field["enum"] is JsonArray names
            ?
            [
                .. new[] { "", "0", "1", "7", "-1", "none", "undefined", $"{names[0]}, {names[^1]}" }
                    .Where(name => names.All(known => (string?)known != name)).Select(Quote),
                .. names.SelectMany(one => names, (one, other) => Quote($"{one},{other}")),
                .. names.Select(name => Quote($" {name}")), .. names.Select(name => Quote($"{name}\u0000")),
            ]
            : []);

    [Fact]
    public async Task A_role_that_is_not_among_those_named_is_refused()
    {
        var (cases, before) = (new HostileCases("Roles"), await app.Rows());
        var operation = app.WithBody.Single(each => each.Id == "CreateOperator");
        string[] wrong =
        [
            "[]", "[0]", "[7]", "[null]", "[\"\"]", "[\"analyst,finance\"]", "[\"owner\",\"root\"]", "[[\"owner\"]]",
            "\"owner\"",
            "{\"0\":\"owner\"}", "[\"owner\",]", $"[{string.Join(',', Enumerable.Repeat("\"owner\"", 6_000))}]",
        ];
        foreach (var roles in wrong)
        {
            var body = $"{{\"name\":\"王店长\",\"roles\":{roles}}}";
            cases.MustRefuse(roles, await app.Send(operation, body), body);
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    [Fact]
    public async Task Text_of_every_script_is_taken_or_refused_but_never_fails()
    {
        string[] texts =
        [
            "👨‍👩‍👧‍👦", "🏳️‍🌈", "é", "e\u0301", "אבג", "مرحبا", "𠮷野家", "﷽", "ﬃ", "Ǆ", "İi", "ß", "⅕", "１２", "<script>",
            "'; --", "{{7*7}}",
            "${x}", "%s%n", "../..", "\\\\host", "=1+1", "@SUM", "null", "NaN", "true", "𝒜𝓁", "❤️", "\ue000", "🇨🇳",
            "\ufffd", "\uffff",
        ];
        var cases = new HostileCases("Scripts");
        var textFields = Fields(app).Where(each => Has(each.Operation.Fields[each.Field], "string")).ToArray();
        foreach (var text in texts)
        {
            foreach (var (operation, field) in textFields)
            {
                var body = BodyWith(operation, field, Quote(text));
                cases.MayRefuse($"{operation}.{field} {text}", await app.Send(operation, body), body);
            }
        }

        cases.Done();
    }

    private async Task Refuse(string about, Func<JsonObject, IEnumerable<string>> values)
    {
        var (cases, before) = (new HostileCases(about), await app.Rows());
        foreach (var (operation, field, schema) in AllFields())
        {
            foreach (var value in values(schema))
            {
                var body = BodyWith(operation, field, value);
                cases.MustRefuse(
                    $"{operation}.{field} = {value}", await app.Send(operation, body), body, IsItsOwnFault);
            }
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    /// <summary>Not found, or not allowed, would mean that the value itself had passed.</summary>
    private static bool IsItsOwnFault(int status, string code) => status == 400 && code != "session.code_refused";

    private static IEnumerable<(ApiOperation Operation, string Field)> Fields(HostileApp app) =>
        app.WithBody.SelectMany(operation => operation.Fields.Keys, (operation, field) => (operation, field));

    // With those within others, as far as the example has what they stand in.
    private IEnumerable<(ApiOperation Operation, string Field, JsonObject Schema)> AllFields() =>
        from operation in app.WithBody
        let body = app.BodyOf(operation)
        from field in operation.Fields.Concat(operation.InnerFields)
        where HolderOf(body, field.Key) is not null
        select (operation, field.Key, field.Value);

    private string BodyWith(ApiOperation operation, string field, string value)
    {
        const string Mark = "\"here\"";
        var body = app.BodyOf(operation);
        HolderOf(body, field)![field[(field.LastIndexOf('.') + 1)..]] = "here";
        return body.ToJsonString().Replace(Mark, value, StringComparison.Ordinal);
    }

    private static JsonNode? HolderOf(JsonNode? body, string field) =>
        field.Split('.')[..^1].Aggregate(body, (holder, name) => name.EndsWith("[0]", StringComparison.Ordinal)
            ? (holder?[name[..^3]] as JsonArray)?.FirstOrDefault()
            : holder?[name]);

    private static IEnumerable<long> Beyond(JsonObject field)
    {
        var (min, max) = ((long)field["minimum"]!, (long)field["maximum"]!);
        return Edges.Append(min - 1).Append(max + 1).Where(edge => edge < min || edge > max).Distinct();
    }

    private static bool Accepts(JsonObject field, string value) => JsonNode.Parse(value) switch
    {
        null => Has(field, "null"),
        JsonArray { Count: 0 } => Has(field, "array") && (int?)field["minItems"] is null or 0,
        JsonArray items => field["items"] is JsonObject item && items.All(each => each?.GetValueKind() switch
        {
            JsonValueKind.Number => Has(item, "integer"),
            JsonValueKind.String => Has(item, "string") && item["minLength"] is null && item["enum"] is null,
            _ => false,
        }),
        JsonObject { Count: 0 } => Has(field, "object") && field["required"] is null,
        JsonObject => false,
        var scalar when scalar.GetValueKind() == JsonValueKind.Number =>
            Has(field, "integer") && long.TryParse(value, out var whole)
            && whole >= (long)field["minimum"]! && whole <= (long)field["maximum"]!,
        var scalar when scalar.GetValueKind() == JsonValueKind.String =>
            Has(field, "string") && Fits(field, (string)scalar!),
        _ => Has(field, "boolean"),
    };

    private static bool Fits(JsonObject field, string text) => (string?)field["format"] switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
        "date-time" => text.Contains('T', StringComparison.Ordinal),
        _ => field["enum"] is null
            && text.Length >= (int)field["minLength"]! && text.Length <= (int)field["maxLength"]!,
    };

    private static bool Has(JsonObject schema, string type) => schema["type"] switch
    {
        JsonArray types => types.Any(each => (string?)each == type),
        var only => (string?)only == type,
    };

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
