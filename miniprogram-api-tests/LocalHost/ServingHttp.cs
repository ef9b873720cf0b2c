using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Pond.Tests.LocalHost;

public sealed class ServingHttp : IAsyncLifetime
{
    private SampleHost host = null!;

    public async Task InitializeAsync()
    {
        var builder = Builder();
        builder.UseMiddleware<Teapot>();
        host = await SampleHost.Start(builder);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("/api/WithoutRoute", "/api/WithoutRoute")]
    [InlineData("/api/withoutroute", "/api/withoutroute")]
    [InlineData("/api/things/7", "GET number 7")]
    [InlineData("/api/THINGS/-7", "GET number -7")]
    [InlineData("/api/named/li", "li ThingWithOptionalName True")]
    [InlineData("/api/named", "nobody ThingWithOptionalName True")]
    public async Task A_route_binds_what_it_names(string path, string answer) =>
        Assert.Equal(answer, await host.Client.GetStringAsync(path));

    [Fact]
    public async Task A_plain_object_becomes_json_in_camel_case() => Assert.Equal(
        """{"kind":"guid","value":"0f8fad5bd9cb469fa16570867728950e 9000000000 GET"}""",
        await host.Client.GetStringAsync("/api/things/0f8fad5b-d9cb-469f-a165-70867728950e/of/9000000000"));

    [Theory]
    [InlineData("/api/things/seven", "GET nothing at things/seven")]
    [InlineData("/api/things/7/more", "GET nothing at things/7/more")]
    [InlineData("/api/", "GET nothing at ")]
    public async Task A_catch_all_gets_what_no_other_route_matches(string path, string answer)
    {
        var response = await host.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(answer, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_a_caller_says_in_the_functions_host_s_place_does_not_arrive()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/TellsWhoCalls");
        foreach (var header in new[] { "For", "Host", "Proto", "Prefix" })
            request.Headers.TryAddWithoutValidation("X-Forwarded-" + header, "203.0.113.7");

        var answer = await host.Client.SendAsync(request);

        Assert.Equal("127.0.0.1: ", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("DELETE", "/api/things/7")]
    [InlineData("GET", "/things/7")]
    public async Task A_wrong_method_and_a_path_outside_the_prefix_are_not_found(string method, string path)
    {
        var response = await host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(response.Content.Headers.Allow);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_exception_is_a_500_without_anything_of_the_half_made_answer()
    {
        var response = await host.Client.PostAsync("/api/Breaks", null);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.False(response.Headers.Contains("X-Half-Done"));
    }

    [Fact]
    public async Task A_route_value_of_the_wrong_kind_is_a_500_as_in_Azure() =>
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.Client.GetAsync("/api/loose/seven")).StatusCode);

    [Fact]
    public async Task A_function_may_write_the_answer_itself()
    {
        var response = await host.Client.GetAsync("/api/WritesItself");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("by hand", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Each_invocation_has_a_scope_and_shares_it_with_the_request()
    {
        Assert.Equal("True True 1", await host.Client.GetStringAsync("/api/Scoped"));
        Assert.Equal("True True 2", await host.Client.GetStringAsync("/api/Scoped"));
    }

    [Fact]
    public async Task A_middleware_sees_the_request_replaces_the_result_and_sets_headers_after_the_function_ran()
    {
        var response = await host.Client.GetAsync("/api/WithoutRoute?tea=1");

        Assert.Equal(StatusCodes.Status418ImATeapot, (int)response.StatusCode);
        Assert.Equal("instead of ContentHttpResult", await response.Content.ReadAsStringAsync());
        Assert.Equal("WithoutRoute", Assert.Single(response.Headers.GetValues("X-After")));
    }

    [Fact]
    public async Task The_root_leads_to_the_api_page_and_no_header_names_the_server()
    {
        var root = await host.Client.GetAsync("/");
        var page = await host.Client.GetAsync("/swagger/index.html");

        Assert.Equal("/swagger", root.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.False(page.Headers.Contains("Server"));
        Assert.Contains("/api/openapi.json", await host.Client.GetStringAsync("/swagger/index.js"));
    }

    [Fact]
    public async Task The_route_prefix_of_host_json_can_be_overridden_as_in_Azure()
    {
        var builder = SampleHost.Builder(
            typeof(HttpSamples), args: "--AzureFunctionsJobHost:extensions:http:routePrefix=v1");
        await using var host = await SampleHost.Start(builder);

        Assert.Equal("GET number 7", await host.Client.GetStringAsync("/v1/things/7"));
    }

    [Fact]
    public async Task Without_the_web_application_a_function_cannot_take_a_request()
    {
        var builder = new Pond.LocalHost.LocalHostOptions
        {
            Args = ["--port", "0", "--Logging:LogLevel:Default", "None"],
            FunctionsAssembly = typeof(HttpSamples).Assembly,
            Includes = type => type == typeof(HttpSamples.WithoutRoute),
            RunTriggers = false,
        }.CreateBuilder();
        await using var host = await SampleHost.Start(builder);

        Assert.Equal(HttpStatusCode.InternalServerError, (await host.Client.GetAsync("/api/WithoutRoute")).StatusCode);
    }

    private static FunctionsApplicationBuilder Builder()
    {
        var builder = SampleHost.Builder(typeof(HttpSamples));
        builder.Services.AddSingleton<MarkCounter>().AddScoped<ScopedMark>();
        return builder;
    }

    private sealed class Teapot : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            await next(context);
            if (context.GetHttpContext()?.Request.Query.ContainsKey("tea") != true) return;

            var result = context.GetInvocationResult();
            context.GetHttpContext()!.Response.Headers["X-After"] = context.FunctionDefinition.Name;
            result.Value = Results.Text(
                "instead of " + result.Value!.GetType().Name, statusCode: StatusCodes.Status418ImATeapot);
        }
    }
}
