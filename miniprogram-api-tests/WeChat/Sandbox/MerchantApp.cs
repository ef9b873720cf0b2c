using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Pond.Tests.WeChat.Sandbox;

/// <summary>Takes notifications as a merchant's app does, and answers as the test says.</summary>
internal sealed class MerchantApp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Heard> heard = new();

    private MerchantApp()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(Take);
    }

    public Uri Address => new(app.Urls.Single());

    /// <summary>What it answers; 204 by default.</summary>
    public Func<Heard, int> Answer { get; set; } = _ => StatusCodes.Status204NoContent;

    /// <summary>In the order in which it came.</summary>
    public IReadOnlyList<Heard> All => [.. heard];

    public static async Task<MerchantApp> Start()
    {
        var made = new MerchantApp();
        await made.app.StartAsync();
        return made;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var headers = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
        var one = new Heard(http.Request.Path, headers, await reader.ReadToEndAsync());
        heard.Enqueue(one);
        http.Response.StatusCode = Answer(one);
    }
}

/// <summary>A notification as it came.</summary>
internal sealed record Heard(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public string EventType => Json.GetProperty("event_type").GetString()!;

    /// <summary>What was sealed in it.</summary>
    public JsonElement News => JsonSerializer.Deserialize<JsonElement>(PayBench.Opened(Json.GetProperty("resource")));
}
