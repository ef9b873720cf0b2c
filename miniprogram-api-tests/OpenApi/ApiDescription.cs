using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Configuration;
using Microsoft.OpenApi;
using Pond.LocalHost;
using Pond.Platform.Http;
using Pond.Tests.Host;

namespace Pond.Tests.OpenApi;

/// <summary>Describes the app's functions as OpenAPI, for the file that the app serves.</summary>
public static class ApiDescription
{
    /// <summary>How to make the file anew; the test that compares says it.</summary>
    public const string Command = "dotnet run --project miniprogram-api-tests -- openapi";

    private const string RoutePrefix = "api";

    /// <summary>The committed file.</summary>
    public static string Path => System.IO.Path.Combine(Repository.Root, "functions", "openapi.json");

    /// <summary>The document that the code asks for, ending in a line break as files do.</summary>
    public static async Task<string> Generate()
    {
        var catalog = FunctionCatalog.Read(
            typeof(Composition).Assembly.GetTypes(), RoutePrefix, new ConfigurationBuilder().Build());
        var text = await OpenApiGenerator.Generate(catalog, new OpenApiSettings
        {
            Title = "Pond",
            Version = "1.0.0",
            ProblemType = typeof(Problem),
            Json = ResponseJson.Configure,
            Configure = Describe,
        });
        return text.ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    /// <summary>Writes the file.</summary>
    public static async Task<int> Write()
    {
        await File.WriteAllTextAsync(Path, await Generate());
        Console.WriteLine($"Wrote {Path}");
        return 0;
    }

    private static void Describe(OpenApiOptions options) => options
        .AddSchemaTransformer(SchemaDetails.Add)
        .AddOperationTransformer(OperationDetails.Add)
        .AddDocumentTransformer(OperationDetails.AddSecuritySchemes);
}
