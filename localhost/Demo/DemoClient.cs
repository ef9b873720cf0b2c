using System.Net.Http.Json;
using System.Text.Json;

namespace Pond.LocalHost.Demo;

/// <summary>Something to ask of a server.</summary>
/// <param name="Path">A path of the app, or the whole address of another server.</param>
/// <param name="Bearer">An access token or an operator's key.</param>
internal sealed record Request(
    HttpMethod Method, string Path, string? Bearer = null, object? Body = null, string? IdempotencyKey = null);

/// <summary>What a server answered.</summary>
/// <param name="Status">The HTTP status, or <see cref="NoStatus"/>; then <paramref name="Body"/> says why.</param>
internal sealed record Answer(Request Request, int Status, TimeSpan Took, string Body)
{
    public const int NoStatus = 0;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public bool IsYes => Status is >= 200 and < 300;

    /// <summary>The stable code of a "no"; null for a "yes" and for what is no problem document.</summary>
    public string? RefusalCode => Problem?.Code;

    /// <summary>The sentence for the shopper in a "no".</summary>
    public string? RefusalDetail => Problem?.Detail;

    private ProblemAnswer? Problem
    {
        get
        {
            try
            {
                return IsYes || Status is NoStatus ? null : Read<ProblemAnswer>();
            }
            catch (JsonException)
            {
                return null; // a "no" from something else than the app
            }
        }
    }

    /// <exception cref="JsonException">The body is something else.</exception>
    public T Read<T>() => JsonSerializer.Deserialize<T>(Body, Strict) ?? throw new JsonException("The body is null.");
}

/// <summary>Speaks HTTP as a phone or an operator's page does.</summary>
internal sealed class DemoClient(Uri app, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    // A proxy that the environment names has no business between two ports of one machine.
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = AnswerWithin };

    public async Task<Answer> Ask(Request request, CancellationToken cancel)
    {
        using var message = MessageOf(request);
        var askedAt = clock.GetTimestamp();
        try
        {
            using var response = await http.SendAsync(message, cancel);
            var body = await response.Content.ReadAsStringAsync(cancel);
            return new Answer(request, (int)response.StatusCode, clock.GetElapsedTime(askedAt), body);
        }
        catch (Exception noAnswer) when (
            noAnswer is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return new Answer(request, Answer.NoStatus, clock.GetElapsedTime(askedAt), noAnswer.Message);
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage MessageOf(Request request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(app, request.Path));
        if (request.Bearer is { } bearer) message.Headers.Authorization = new("Bearer", bearer);
        if (request.IdempotencyKey is { } key) message.Headers.Add("Idempotency-Key", key);
        if (request.Body is { } body) message.Content = JsonContent.Create(body, body.GetType());
        return message;
    }
}
