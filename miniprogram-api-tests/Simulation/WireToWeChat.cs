using System.Net;
using Pond.LocalHost.WeChatSandbox;

namespace Pond.Tests.Simulation;

/// <summary>What a machine reaches WeChat by: it takes time and goes wrong.</summary>
internal sealed class WireToWeChat(World world, Machine machine) : HttpMessageHandler
{
    /// <summary>The longest that any client of ours waits for.</summary>
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan QuickMin = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan QuickMax = TimeSpan.FromMilliseconds(200);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var travelling = await Travelling(request);
        if (world.Injection.Meet(machine, PortCallKind.WeChat, travelling.Method, request.RequestUri!.AbsolutePath) is { } way)
            return await world.Injection.Call(machine, way, travelling).ConfigureAwait(false);
        world.WeChat.PayBefore(travelling);
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        var delay = world.Noise.Between(QuickMin, QuickMax);
        if (world.Strikes(FaultKind.WeChatUnreached))
            Fail(delay, HttpRequestError.ConnectionError);
        else if (world.Strikes(FaultKind.WeChatBroken))
            world.Scheduler.In(delay, () => machine.Answer(() =>
                answer.TrySetResult(new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new ByteArrayContent([]) })));
        else if (world.Strikes(FaultKind.WeChatUnanswered))
        {
            world.Scheduler.In(delay, () => world.WeChat.Serve(travelling, _ => { }));
            Fail(delay + delay, HttpRequestError.ResponseEnded);
        }
        else if (world.Strikes(FaultKind.WeChatLate))
        {
            world.Scheduler.In(PatienceMax + delay, () => world.WeChat.Serve(travelling, _ => { }));
            world.Scheduler.In(PatienceMax, () => machine.Answer(() =>
                answer.TrySetException(new TaskCanceledException("Time is over.", new TimeoutException()))));
        }
        else
            world.Scheduler.In(delay, () => world.WeChat.Serve(
                travelling, came => machine.Answer(() => answer.TrySetResult(Read(came)))));
        return await answer.Task.ConfigureAwait(false);

        void Fail(TimeSpan after, HttpRequestError error) => world.Scheduler.In(after, () => machine.Answer(() =>
            answer.TrySetException(new HttpRequestException(error, "WeChat cannot be heard."))));
    }

    /// <summary>A request of the framework as it travels; a body in memory is there at once.</summary>
    internal static async Task<Request> Travelling(HttpRequestMessage request)
    {
        var headers = request.Headers.Select(header => (header.Key, string.Join(",", header.Value)));
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        return new Request(request.Method.Method, request.RequestUri!.PathAndQuery, [.. headers], body);
    }

    private static HttpResponseMessage Read(Answer answer)
    {
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new ByteArrayContent(answer.Body) };
        foreach (var (name, value) in answer.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value.AsEnumerable()))
                response.Content.Headers.TryAddWithoutValidation(name, value.AsEnumerable());
        }

        return response;
    }
}
