using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Pond.Tests.Processes;

/// <summary>What somebody asked for, and the answer once there is one: what their phone would remember.</summary>
/// <param name="shopper">Whom it is about.</param>
/// <param name="bearer">The token or key of the one who asks.</param>
/// <param name="key">The idempotency key; one of its own when null.</param>
internal sealed class Wish(string shopper, string bearer, string path, object? body = null, string? key = null)
{
    private const int SendsMax = 100;

    private readonly string key = key ?? Phone.NewKey();

    public string Shopper => shopper;

    public string Path => path;

    /// <summary>Null until an answer has come.</summary>
    public HttpStatusCode? Status { get; private set; }

    public JsonElement Answer { get; private set; }

    /// <summary>The stable code of a refusal, or null.</summary>
    public string? Code => Status is HttpStatusCode.Conflict ? Answer.Text("code") : null;

    /// <summary>Sends it, always with the same key.</summary>
    /// <returns>Whether it was answered: a 503 is no answer, nor is a connection that broke.</returns>
    public async Task<bool> Send(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Authorization = new("Bearer", bearer);
        request.Headers.Add("Idempotency-Key", key);
        if (body is not null) request.Content = JsonContent.Create(body);
        try
        {
            using var response = await http.SendAsync(request);
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable) return false;
            var answer = await response.Json();
            (Status, Answer) = (response.StatusCode, answer);
            return true;
        }
        catch (Exception broken) when (broken is HttpRequestException or SocketException)
        {
            return false;
        }
    }

    /// <summary>Sends it again and again until it is answered, each time to the next process.</summary>
    /// <returns>How often it was sent.</returns>
    public async Task<int> SendUntilAnswered(Func<HttpClient> app)
    {
        for (var sends = 1; sends <= SendsMax; sends++)
            if (await Send(app())) return sends;
        throw new InvalidOperationException($"{path} has no answer after {SendsMax} sends.");
    }
}
