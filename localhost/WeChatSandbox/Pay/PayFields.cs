using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>An object of a request's body, read field by field as strictly as WeChat Pay does.</summary>
/// <remarks>Lengths are bytes of UTF-8. What is wrong ends the request with PARAM_ERROR.</remarks>
internal sealed class PayFields
{
    private readonly string path;
    private readonly Dictionary<string, JsonElement> left = [];

    private PayFields(JsonElement element, string path)
    {
        this.path = path;
        if (element.ValueKind != JsonValueKind.Object)
            throw Wrong(path, "不是JSON对象");
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null)
                throw Wrong($"{path}/{property.Name}", "不能为null");
            if (!left.TryAdd(property.Name, property.Value.Clone()))
                throw Wrong($"{path}/{property.Name}", "重复");
        }
    }

    public static PayFields Of(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return new(document.RootElement, "");
        }
        catch (JsonException)
        {
            throw Wrong("/", "不是合法的JSON");
        }
    }

    /// <summary>The body in one form: two requests with the same fields are alike, in whatever order.</summary>
    public static string OneForm(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        return OneForm(document.RootElement);
    }

    public string Text(string name, int bytesMax, int bytesMin = 1, Regex? form = null) =>
        TextOrNone(name, bytesMax, bytesMin, form) ?? throw Missing(name);

    public string? TextOrNone(string name, int bytesMax, int bytesMin = 1, Regex? form = null)
    {
        if (!left.Remove(name, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw Wrong($"{path}/{name}", "不是字符串");
        var text = value.GetString()!;
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > bytesMax)
            throw Wrong($"{path}/{name}", $"字符串规则校验失败，字节数 {bytes}，大于最大值 {bytesMax}");
        if (bytes < bytesMin)
            throw Wrong($"{path}/{name}", $"字符串规则校验失败，字节数 {bytes}，小于最小值 {bytesMin}");
        return form?.IsMatch(text) != false ? text : throw Wrong($"{path}/{name}", "格式不符合要求");
    }

    public long Number(string name, long min = 0) => NumberOrNone(name, min) ?? throw Missing(name);

    public long? NumberOrNone(string name, long min = 0)
    {
        if (!left.Remove(name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min
            ? number
            : throw Wrong($"{path}/{name}", $"不是不小于 {min} 的整数");
    }

    public void FlagOrNone(string name)
    {
        if (left.Remove(name, out var value) && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw Wrong($"{path}/{name}", "不是布尔值");
    }

    public PayFields Object(string name) => ObjectOrNone(name) ?? throw Missing(name);

    public PayFields? ObjectOrNone(string name) =>
        left.Remove(name, out var value) ? new(value, $"{path}/{name}") : null;

    public IReadOnlyList<PayFields> ListOrNone(string name, int countMax)
    {
        if (!left.Remove(name, out var value))
            return [];
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is var count && (count < 1 || count > countMax))
            throw Wrong($"{path}/{name}", $"不是 1 到 {countMax} 项的数组");
        return [.. value.EnumerateArray().Select((each, index) => new PayFields(each, $"{path}/{name}/{index}"))];
    }

    /// <summary>Nothing else may be there.</summary>
    public void End()
    {
        if (left.Keys.FirstOrDefault() is { } unknown)
            throw Wrong($"{path}/{unknown}", "是未定义的参数");
    }

    public PayException Wrong(string name) => Wrong($"{path}/{name}", "取值不符合要求");

    private PayException Missing(string name) => Wrong($"{path}/{name}", "是必填参数");

    private static PayException Wrong(string field, string issue) => new(PayError.Param(field, issue));

    private static string OneForm(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject()
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => $"{PayJson.Of(property.Name)}:{OneForm(property.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(OneForm))}]",
        _ => PayJson.Of(element),
    };
}
