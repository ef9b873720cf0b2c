using System.Text.Json.Serialization;

namespace Pond.Touches;

/// <summary>TCH-01: the template of WeChat's that tells an occasion.</summary>
/// <param name="Version">1, 2, 3 …: who has not seen the newest replaces nothing.</param>
/// <param name="TemplateId">WeChat's id, of this mini-program alone; empty for none.</param>
/// <param name="Fields">All that the template has; none where there is no template.</param>
public sealed record MessageTemplate(
    Occasion Occasion, int Version, string TemplateId, IReadOnlyList<TemplateField> Fields)
{
    public const int IdCharsMax = 64;
    public const int FieldsMax = 5;

    [JsonIgnore]
    public bool IsSet => TemplateId.Length > 0;

    public static MessageTemplate None(Occasion occasion) => new(occasion, Version: 0, TemplateId: "", Fields: []);

    public bool SaysTheSameAs(MessageTemplate other) =>
        TemplateId == other.TemplateId && Fields.SequenceEqual(other.Fields);
}

/// <summary>One field of a template.</summary>
/// <param name="Name">As WeChat calls it: a type and a number, such as <c>thing1</c>.</param>
/// <param name="Shows">One of <see cref="TouchValues"/>, or a fixed text.</param>
/// <param name="Text">What it shows where there is no such value, or always; null for nothing.</param>
public sealed record TemplateField(string Name, string? Shows, string? Text);

/// <summary>A template was set in place of another.</summary>
public sealed record MessageTemplateChanged(
    MessageTemplate? Before, MessageTemplate After, string OperatorId, string Reason, DateTimeOffset At);
