using System.Net;
using System.Text.Json;

namespace Pond.Tests.Processes;

/// <summary>What a shopper asked for, and the answer once there is one: what the phone would remember.</summary>
internal sealed class Wish(string shopper, string accessToken, string path)
{
    private readonly string key = Phone.NewKey();

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
        request.Headers.Authorization = new("Bearer", accessToken);
        request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var response = await http.SendAsync(request);
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable) return false;
            var answer = await response.Json();
            (Status, Answer) = (response.StatusCode, answer);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
