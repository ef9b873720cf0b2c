using System.Net;

namespace Pond.Tests;

/// <summary>Sends a request again, as it is, while the app says that it cannot answer now.</summary>
internal sealed class Patience() : DelegatingHandler(new SocketsHttpHandler())
{
    private const int SendsMax = 20;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        for (var sends = 1; ; sends++)
        {
            var answer = await base.SendAsync(request, cancel);
            if (answer.StatusCode is not HttpStatusCode.ServiceUnavailable || sends == SendsMax) return answer;
            answer.Dispose();
        }
    }
}
