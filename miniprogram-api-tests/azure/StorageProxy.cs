using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace Pond.Tests.Azure;

/// <summary>What stands between an app and its storage account: a network that a test can break.</summary>
/// <remarks>Signatures cover the path and not the host, so requests pass as they are.</remarks>
public sealed class StorageProxy : IAsyncDisposable
{
    private const string ErrorCode = "x-ms-error-code";

    private static readonly int[] ConflictStatuses = [StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed];

    private readonly WebApplication web;
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly Azurite azurite;
    private int conflicts;

    private StorageProxy(WebApplication web, Azurite azurite)
    {
        (this.web, this.azurite) = (web, azurite);
        web.Run(Pass);
    }

    /// <summary>Leads to an account of the shared service, through here.</summary>
    public string Connection { get; private set; } = "";

    public int TablePort { get; private set; }

    /// <summary>What becomes of a request; each passes unless this says otherwise.</summary>
    public Func<HttpRequest, NetworkFault?> Fault { get; set; } = _ => null;

    /// <summary>Method and path of every request so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Commits so far that another one was ahead of.</summary>
    public int Conflicts => conflicts;

    /// <summary>Stands before an account of the shared service.</summary>
    public static async Task<StorageProxy> Start()
    {
        var azurite = await Azurite.Shared;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0", "http://127.0.0.1:0");
        var web = builder.Build();
        var proxy = new StorageProxy(web, azurite);
        await web.StartAsync();
        var addresses = web.Urls.Select(url => new Uri(url)).ToList();
        proxy.TablePort = addresses[0].Port;
        proxy.Connection = azurite.NewAccount()
            .Replace($"{azurite.Tables}", $"{addresses[0]}", StringComparison.Ordinal)
            .Replace($"{azurite.Queues}", $"{addresses[1]}", StringComparison.Ordinal);
        return proxy;
    }

    /// <summary>Whether the request changes rows.</summary>
    public static bool IsCommit(HttpRequest request) => request.Path.Value!.EndsWith("/$batch", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        client.Dispose();
    }

    private async Task Pass(HttpContext context)
    {
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
        var fault = Fault(context.Request);
        if (fault is NetworkFault.Hangs)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        if (fault is NetworkFault.Answers { Status: var status, Code: var code })
        {
            context.Response.StatusCode = status;
            if (code is not null) await Tell(context, code);
            return;
        }

        using var answer = await client.SendAsync(Forwarded(context), HttpCompletionOption.ResponseContentRead);
        if (fault is NetworkFault.LosesAnswer)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (name != "Transfer-Encoding") context.Response.Headers[name] = values.ToArray();
        if (IsOfTables(context)) context.Response.Headers.Remove(ErrorCode);
        if (IsCommit(context.Request) && await TellsOfConflict(answer)) Interlocked.Increment(ref conflicts);
        await answer.Content.CopyToAsync(context.Response.Body);
    }

    // A batch that does not come about is answered with one part: that of the row which did not match.
    private static async Task<bool> TellsOfConflict(HttpResponseMessage answer) =>
        await answer.Content.ReadAsStringAsync() is var parts
        && ConflictStatuses.Any(status => parts.Contains($"HTTP/1.1 {status} ", StringComparison.Ordinal));

    // Azure's tables tell an error by the body alone; Azurite's by a header too, which must not be relied upon.
    private Task Tell(HttpContext context, string code)
    {
        if (IsOfTables(context))
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(
                """{"odata.error":{"code":"CODE","message":{"lang":"en-US","value":"Told by a test."}}}"""
                    .Replace("CODE", code, StringComparison.Ordinal));
        }

        context.Response.Headers[ErrorCode] = code;
        return Task.CompletedTask;
    }

    private bool IsOfTables(HttpContext context) => context.Connection.LocalPort == TablePort;

    private HttpRequestMessage Forwarded(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget; // as it was signed
        var service = IsOfTables(context) ? azurite.Tables : azurite.Queues;
        var asItIs = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), new Uri(service.ToString().TrimEnd('/') + target, asItIs));
        if (context.Request.ContentLength > 0) request.Content = new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (name == "Host") continue;
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        return request;
    }
}

/// <summary>How a request to the account goes wrong.</summary>
public abstract record NetworkFault
{
    /// <summary>The service does it, and the connection breaks before the answer.</summary>
    public sealed record LosesAnswer : NetworkFault;

    /// <summary>The service is not asked, and no answer ever comes.</summary>
    public sealed record Hangs : NetworkFault;

    /// <summary>The service is not asked; this is the answer.</summary>
    public sealed record Answers(int Status, string? Code = null) : NetworkFault;
}
