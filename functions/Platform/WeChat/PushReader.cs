using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Pond.Platform.WeChat;

/// <summary>Reads what WeChat pushes, JSON or XML, into one form.</summary>
/// <remarks>
/// Of JSON, a list is an object where it has one item; numbers are text at times. XML puts the list into an element
/// that is called after the event.
/// </remarks>
public static class PushReader
{
    /// <summary>Items of one list; WeChat asks for five templates at once at most.</summary>
    public const int ItemsMax = 20;

    private const int XmlCharsMax = 64 * 1024;

    /// <summary>The encrypted part of a body, or null when it has none or is neither JSON nor XML.</summary>
    public static string? Encrypted(ReadOnlyMemory<byte> body) => Read(body)?.GetValueOrDefault("Encrypt") as string;

    /// <summary>What is told, or null when it is nothing that WeChat tells.</summary>
    public static WeChatPush? Event(ReadOnlyMemory<byte> body)
    {
        if (Read(body) is not { } fields
            || fields.GetValueOrDefault("FromUserName") is not string { Length: > 0 } openId
            || fields.GetValueOrDefault("CreateTime") is not string time
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return null;
        var name = fields.GetValueOrDefault("Event") as string ?? "";
        var items = fields.GetValueOrDefault("List") as IReadOnlyList<PushedTemplate> ?? [];
        return new WeChatPush(openId, DateTimeOffset.FromUnixTimeSeconds(seconds), name, items);
    }

    private static Dictionary<string, object>? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.Span.TrimStart(" \t\r\n"u8) is [(byte)'<', ..] ? ReadXml(body) : ReadJson(body);
        }
        catch (Exception malformed) when (malformed is JsonException or XmlException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Dictionary<string, object>? ReadJson(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
        var fields = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var field in document.RootElement.EnumerateObject())
        {
            if (field.Name == "List") fields[field.Name] = List(field.Value);
            else if (Text(field.Value) is { } text) fields[field.Name] = text;
        }

        return fields;
    }

    private static PushedTemplate[] List(JsonElement list)
    {
        var items = list.ValueKind switch
        {
            JsonValueKind.Array => list.EnumerateArray().Take(ItemsMax),
            JsonValueKind.Object => [list],
            _ => [],
        };
        return
        [
            .. items.Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new PushedTemplate(
                Text(item, "TemplateId"), Text(item, "SubscribeStatusString"))),
        ];
    }

    private static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var field) ? Text(field) ?? "" : "";

    private static string? Text(JsonElement field) => field.ValueKind switch
    {
        JsonValueKind.String => field.GetString(),
        JsonValueKind.Number => field.GetRawText(),
        _ => null,
    };

    // No document type, and so no entity that grows or reads files.
    private static Dictionary<string, object>? ReadXml(ReadOnlyMemory<byte> body)
    {
        var safe = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = XmlCharsMax,
        };
        using var stream = new MemoryStream(body.ToArray(), writable: false);
        using var reader = XmlReader.Create(stream, safe);
        if (XDocument.Load(reader).Root is not { } root) return null;
        var fields = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var field in root.Elements())
        {
            PushedTemplate[] items = [.. field.Elements("List").Take(ItemsMax).Select(Item)];
            if (items.Length > 0) fields["List"] = items;
            else if (!field.HasElements) fields[field.Name.LocalName] = field.Value;
        }

        return fields;
    }

    private static PushedTemplate Item(XElement item) => new(
        item.Element("TemplateId")?.Value ?? "", item.Element("SubscribeStatusString")?.Value ?? "");
}

/// <summary>What WeChat pushes of a user.</summary>
/// <param name="At">When it happened, to the second.</param>
/// <param name="Event">Such as <c>subscribe_msg_popup_event</c>; empty for what is no event.</param>
/// <param name="Templates">Those that it tells of.</param>
public sealed record WeChatPush(
    string OpenId, DateTimeOffset At, string Event, IReadOnlyList<PushedTemplate> Templates)
{
    /// <summary>An openid that reached a log would be personal data there.</summary>
    public override string ToString() => nameof(WeChatPush);
}

/// <summary>One template of an event.</summary>
/// <param name="Status"><c>accept</c> or <c>reject</c>; empty where the event tells none.</param>
public sealed record PushedTemplate(string TemplateId, string Status);
