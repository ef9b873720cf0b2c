using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Pond.LocalHost;

namespace Pond.Tests.LocalHost;

public sealed class ReadingSettings : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("pond-settings-").FullName;
    private readonly StringWriter output = new();

    public ReadingSettings() => File.WriteAllText(Path.Combine(root, "Serverless.sln"), "");

    public void Dispose()
    {
        output.Dispose();
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_settings_file()
    {
        Write("local.settings.json", """
            { // as the Functions tools allow
              "IsEncrypted": false,
              "Values": { "A": "file", "B": "file", "C": "file", "Deep__Key": "file" },
            }
            """);

        var builder = Builder(
            args: ["--A=line"], variables: new() { ["A"] = "env", ["B"] = "env", ["Other__Key"] = "env" });

        Assert.Equal(
            ["line", "env", "file", "file", "env"],
            new[] { "A", "B", "C", "Deep:Key", "Other:Key" }.Select(key => builder.Configuration[key]));
    }

    [Fact]
    public async Task The_sample_is_read_when_there_is_no_settings_file_and_the_console_says_so()
    {
        Write("local.settings.sample.json", """{ "Values": { "A": "sample" }, "Host": { "LocalHttpPort": 0 } }""");

        var builder = Builder();
        using var host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();

        Assert.Equal("sample", builder.Configuration["A"]);
        Assert.StartsWith("No local.settings.json: using", output.ToString());
        Assert.Contains("GET   /api/things/{id:int}", output.ToString());
    }

    [Fact]
    public void The_settings_file_hides_the_sample_even_from_further_away()
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "functions", "bin")).FullName;
        Write("local.settings.json", """{ "Values": { "A": "file" } }""");
        Write("functions/bin/local.settings.sample.json", """{ "Values": { "A": "sample" } }""");

        Assert.Equal("file", Builder(folder: folder).Configuration["A"]);
    }

    [Fact]
    public void The_search_ends_at_the_solution()
    {
        var solution = Directory.CreateDirectory(Path.Combine(root, "inner")).FullName;
        Write("inner/Serverless.sln", "");
        Write("local.settings.json", """{ "Values": { "A": "outside" } }""");

        Assert.Null(Builder(folder: solution).Configuration["A"]);
    }

    [Fact]
    public void An_encrypted_file_is_refused()
    {
        Write("local.settings.json", """{ "IsEncrypted": true, "Values": { "A": "AQAAAN" } }""");

        Assert.Contains("func settings decrypt", Assert.Throws<InvalidOperationException>(() => Builder()).Message);
    }

    [Theory]
    [InlineData(null, null, null, "Development")]
    [InlineData(null, null, "Staging", "Staging")]
    [InlineData(null, "Production", "Staging", "Production")]
    [InlineData("Testing", "Production", "Staging", "Testing")]
    public void The_environment_is_the_one_named_or_else_development(
        string? line, string? variable, string? file, string name)
    {
        if (file is not null)
            Write("local.settings.json", $$"""{ "Values": { "AZURE_FUNCTIONS_ENVIRONMENT": "{{file}}" } }""");

        var builder = Builder(
            args: line is null ? [] : ["--environment", line], variables: new() { ["DOTNET_ENVIRONMENT"] = variable });

        Assert.Equal(name, builder.Environment.EnvironmentName);
    }

    [Fact]
    public async Task The_port_of_the_command_line_wins_over_the_file()
    {
        Write("local.settings.json", """{ "Host": { "LocalHttpPort": 1 } }""");

        await using var host = await SampleHost.Start(Builder(args: ["--port", "0"]));

        Assert.NotEqual(1, host.Client.BaseAddress!.Port);
    }

    [Fact]
    public async Task Origins_of_the_file_may_call_from_a_browser_and_no_others()
    {
        Write("local.settings.json", """{ "Host": { "CORS": "https://console.example, https://other.example" } }""");
        var builder = Builder(args: ["--port", "0"]).ConfigureFunctionsWebApplication();
        await using var host = await SampleHost.Start(builder);

        Assert.Equal("https://other.example", await AllowedFor("https://other.example"));
        Assert.Null(await AllowedFor("https://stranger.example"));

        async Task<string?> AllowedFor(string origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/WithoutRoute");
            request.Headers.Add("Origin", origin);
            var response = await host.Client.SendAsync(request);
            response.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed);
            return allowed?.Single();
        }
    }

    private void Write(string path, string text) => File.WriteAllText(Path.Combine(root, path), text);

    private FunctionsApplicationBuilder Builder(
        string[]? args = null, Dictionary<string, string?>? variables = null, string? folder = null) =>
        new LocalHostOptions
        {
            Args = ["--Logging:LogLevel:Default", "None", .. args ?? []],
            EnvironmentVariables = variables ?? [],
            Folders = [folder ?? root],
            FunctionsAssembly = typeof(HttpSamples).Assembly,
            Includes = type => type.DeclaringType == typeof(HttpSamples),
            Output = output,
        }.CreateBuilder();
}
