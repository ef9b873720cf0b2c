using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pond.Tests.Simulation;

/// <summary>A web server without a network: requests are handed over, and no thread but the caller's is used.</summary>
internal sealed class InProcessServer : IServer
{
    private Func<IFeatureCollection, Task> process = _ => throw new InvalidOperationException("It has not started.");

    public InProcessServer() => Features.Set<IServerAddressesFeature>(new ServerAddressesFeature());

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        process = async features =>
        {
            var context = application.CreateContext(features);
            await application.ProcessRequestAsync(context);
            application.DisposeContext(context, null);
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }

    /// <summary>The answer to a request.</summary>
    /// <param name="services">Where the request's services come from; the server's own by default.</param>
    public async Task<Answer> Send(Request request, IServiceProvidersFeature? services = null)
    {
        var body = new MemoryStream();
        var features = new FeatureCollection();
        var response = new HttpResponseFeature();
        features.Set<IHttpRequestFeature>(FeatureOf(request));
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        if (services is not null) features.Set(services);
        features.Set<IHttpRequestBodyDetectionFeature>(new HasBody(request.Body.Length > 0));
        await process(features);
        return new Answer(response.StatusCode, new HeaderDictionary(response.Headers.ToDictionary()), body.ToArray());
    }

    private static HttpRequestFeature FeatureOf(Request request)
    {
        var (path, query) = request.Target.IndexOf('?') is >= 0 and var at
            ? (request.Target[..at], request.Target[at..])
            : (request.Target, "");
        var headers = new HeaderDictionary { ["Host"] = "localhost" };
        foreach (var (name, value) in request.Headers) headers[name] = value;
        if (request.Body.Length > 0)
        {
            headers["Content-Type"] = "application/json";
            headers["Content-Length"] = request.Body.Length.ToString(CultureInfo.InvariantCulture);
        }

        return new HttpRequestFeature
        {
            Method = request.Method,
            Scheme = "http",
            Protocol = "HTTP/1.1",
            Path = Uri.UnescapeDataString(path),
            QueryString = query,
            RawTarget = request.Target,
            Headers = headers,
            Body = new MemoryStream(request.Body, writable: false),
        };
    }

    private sealed record HasBody(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}

/// <summary>A request as it travels.</summary>
/// <param name="Target">Path and query.</param>
internal sealed record Request(
    string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body);

/// <summary>An answer as it travels.</summary>
internal sealed record Answer(int Status, IHeaderDictionary Headers, byte[] Body);
