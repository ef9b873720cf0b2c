using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.OpenApi;
using Pond.LocalHost;

namespace Pond.Tests.LocalHost;

public sealed class DescribingTheApi
{
    private static readonly OpenApiSettings Settings = new()
    {
        Title = "Things",
        Version = "1.2",
        Servers = ["http://localhost:7071"],
    };

    [Fact]
    public async Task The_document_names_itself()
    {
        var document = await Describe();

        Assert.StartsWith("3.1", (string?)document["openapi"]);
        Assert.Equal("""{"title":"Things","version":"1.2"}""", document["info"]!.ToJsonString());
        Assert.Equal("""[{"url":"http://localhost:7071"}]""", document["servers"]!.ToJsonString());
    }

    [Fact]
    public async Task Only_http_functions_that_are_not_excluded_are_paths() => Assert.Equal(
        ["/api/things/{id}", "/api/things/{id}/claims"],
        (await Describe())["paths"]!.AsObject().Select(path => path.Key));

    [Fact]
    public async Task An_operation_says_what_its_attributes_say()
    {
        var claim = (await Describe())["paths"]!["/api/things/{id}/claims"]!["post"]!;

        Assert.Equal("ClaimThing", (string?)claim["operationId"]);
        Assert.Equal("Claims a thing", (string?)claim["summary"]);
        Assert.Equal("Once for each member.", (string?)claim["description"]);
        Assert.Equal("""["things"]""", claim["tags"]!.ToJsonString());
        Assert.Equal(["200", "204", "default"], claim["responses"]!.AsObject().Select(response => response.Key));
        Assert.Equal("#/components/schemas/ClaimThingRequest", Schema(claim["requestBody"]!, "application/json"));
        Assert.Equal(
            "#/components/schemas/ClaimThingResponse", Schema(claim["responses"]!["200"]!, "application/json"));
        Assert.Equal(
            "#/components/schemas/ProblemDetails", Schema(claim["responses"]!["default"]!, "application/problem+json"));
    }

    [Fact]
    public async Task A_path_parameter_is_required_and_an_integer_is_only_an_integer()
    {
        var document = await Describe();
        var claim = document["paths"]!["/api/things/{id}/claims"]!["post"]!;
        var parameter = Assert.Single(claim["parameters"]!.AsArray())!;

        Assert.Equal(
            """{"name":"id","in":"path","required":true,"schema":{"type":"integer","format":"int32"}}""",
            parameter.ToJsonString());
        Assert.Equal(
            """{"type":"integer","format":"int64"}""",
            document["components"]!["schemas"]!["ClaimThingLine"]!["properties"]!["priceFen"]!.ToJsonString());
    }

    [Fact]
    public async Task Records_inside_functions_are_named_after_them()
    {
        var schemas = (await Describe())["components"]!["schemas"]!.AsObject();

        Assert.Equal(
            ["ClaimThingLine", "ClaimThingRequest", "ClaimThingResponse", "ProblemDetails", "ReadThingResponse"],
            schemas.Select(schema => schema.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_functions_give_the_same_text() =>
        Assert.Equal(await Text(Settings), await Text(Settings));

    [Fact]
    public async Task The_app_adds_what_it_knows()
    {
        var settings = Settings with
        {
            ProblemType = typeof(ValidationProblemDetails),
            Configure = options => options.AddOperationTransformer((operation, _, _) =>
            {
                operation.Parameters ??= [];
                operation.Parameters.Add(new OpenApiParameter { Name = "X-Key", In = ParameterLocation.Header });
                return Task.CompletedTask;
            }),
        };

        var read = JsonNode.Parse(await Text(settings))!["paths"]!["/api/things/{id}"]!["get"]!;

        Assert.Equal(["id", "X-Key"], read["parameters"]!.AsArray().Select(each => (string?)each!["name"]));
        Assert.Equal(
            "#/components/schemas/ValidationProblemDetails",
            Schema(read["responses"]!["default"]!, "application/problem+json"));
    }

    private static string? Schema(JsonNode body, string mediaType) =>
        (string?)body["content"]![mediaType]!["schema"]!["$ref"];

    private static async Task<JsonNode> Describe() => JsonNode.Parse(await Text(Settings))!;

    private static Task<string> Text(OpenApiSettings settings)
    {
        var classes = typeof(DescribedSamples).GetNestedTypes();
        var catalog = FunctionCatalog.Read(classes, "api", new ConfigurationManager());
        return OpenApiGenerator.Generate(catalog, settings);
    }
}
