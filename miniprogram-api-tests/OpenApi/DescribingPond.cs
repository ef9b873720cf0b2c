using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pond.Tests.OpenApi;

public sealed class DescribingPond
{
    [Fact]
    public async Task The_committed_description_is_what_the_code_says()
    {
        var isCurrent = await File.ReadAllTextAsync(ApiDescription.Path) == await ApiDescription.Generate();

        Assert.True(isCurrent, $"functions/openapi.json is out of date; make it anew: {ApiDescription.Command}");
    }

    [Fact]
    public async Task The_app_serves_the_committed_description()
    {
        await using var api = await MiniProgramApi.Start();

        var served = await api.Http.GetStringAsync("/api/openapi.json");

        Assert.Equal(await File.ReadAllTextAsync(ApiDescription.Path), served);
    }

    [Fact]
    public async Task Every_operation_has_an_id_a_chinese_summary_a_tag_and_a_problem_response()
    {
        var operations = await Operations();

        Assert.NotEmpty(operations);
        foreach (var (name, operation) in operations)
        {
            Assert.False(string.IsNullOrEmpty((string?)operation["operationId"]), $"{name} has no id");
            Assert.True(IsChinese((string?)operation["summary"]), $"{name} has no Chinese summary");
            Assert.True(operation["tags"]?.AsArray().Count == 1, $"{name} has not one tag");
            Assert.True(operation["responses"]?["default"] is not null, $"{name} does not say how it fails");
        }
    }

    [Fact]
    public async Task Every_whole_number_is_only_an_integer_and_every_state_a_text()
    {
        var wrong = new List<string>();
        foreach (var (name, schema) in (await Document())["components"]!["schemas"]!.AsObject())
        {
            foreach (var (field, property) in schema!["properties"]?.AsObject() ?? [])
            {
                var types = TypesOf(property!);
                if (types.Contains("integer") && types.Contains("string")) wrong.Add($"{name}.{field}");
                if (types.Contains("number")) wrong.Add($"{name}.{field}");
            }
        }

        Assert.Empty(wrong);
    }

    private static IEnumerable<string> TypesOf(JsonNode schema) => schema["type"] switch
    {
        JsonArray many => many.Select(type => (string)type!),
        { } one => [(string)one!],
        null => [],
    };

    private static bool IsChinese(string? text) => text?.Any(letter => letter is >= '\u4e00' and <= '\u9fff') is true;

    private static async Task<Dictionary<string, JsonNode>> Operations() => (
        from path in (await Document())["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (Name: $"{operation.Key} {path.Key}", Operation: operation.Value!))
        .ToDictionary(each => each.Name, each => each.Operation);

    private static async Task<JsonNode> Document() => JsonNode.Parse(await ApiDescription.Generate())!;
}
