using Pond.Kernel;

namespace Pond.Touches;

/// <summary>TCH-01: which template tells what, and what a message of it holds. Pure.</summary>
public static class MessageTemplateRules
{
    /// <summary>
    /// Sets a template in place of the version that the operator has seen. The same again changes nothing.
    /// </summary>
    /// <param name="wanted">With the version that it is to replace.</param>
    public static Decision<MessageTemplateChanged> Change(
        MessageTemplate? current, MessageTemplate wanted, string operatorId, string reason, DateTimeOffset now)
    {
        var known = current ?? MessageTemplate.None(wanted.Occasion);
        if (known.Version == wanted.Version + 1 && known.SaysTheSameAs(wanted))
            return Decision<MessageTemplateChanged>.Nothing;
        if (known.Version != wanted.Version) return TouchRefusals.TemplateStale;

        return new MessageTemplateChanged(
            current, wanted with { Version = wanted.Version + 1 }, operatorId, reason, now);
    }

    /// <summary>What is wrong with the fields; null when nothing is.</summary>
    public static string? Problem(string templateId, IReadOnlyList<TemplateField> fields)
    {
        if (templateId.Length == 0) return fields.Count == 0 ? null : "没有模板时不能设置字段";
        if (fields.Count == 0) return "模板至少要有一个字段";
        if (fields.DistinctBy(field => field.Name).Count() < fields.Count) return "字段不能重复";
        foreach (var field in fields)
        {
            if (FieldTypes.Of(field.Name) is not { } type) return "未知的字段类型";
            if (field.Shows is not null && !All.Contains(field.Shows)) return "未知的内容";
            if (field.Shows is null && field.Text is null) return "字段没有内容";
            if (field.Text is not null && TemplateValues.Fit(type, field.Text) != field.Text)
                return "固定文字不符合该字段类型的限制";
        }

        return null;
    }

    /// <summary>Every field with its value, or null when one of them has none.</summary>
    public static IReadOnlyDictionary<string, string>? Compose(
        MessageTemplate template, IReadOnlyDictionary<string, string> values)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in template.Fields)
        {
            var type = FieldTypes.Of(field.Name)!.Value;
            var shown = field.Shows is null ? null : values.GetValueOrDefault(field.Shows);
            if ((TemplateValues.Fit(type, shown) ?? field.Text) is not { } value) return null;
            data[field.Name] = value;
        }

        return data;
    }

    private static readonly string[] All =
        [TouchValues.Title, TouchValues.Amount, TouchValues.EndsAt, TouchValues.Remark];
}
