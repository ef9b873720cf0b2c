using System.Net;

namespace Pond.Tests.Simulation;

/// <summary>What carries WeChat's notifications to the app.</summary>
internal sealed class WireToApp(World world, Machine weChat) : HttpMessageHandler
{
    /// <summary>WeChat waits no longer for an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan QuickMin = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan QuickMax = TimeSpan.FromMilliseconds(200);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var travelling = await WireToWeChat.Travelling(request);
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        world.Scheduler.In(Patience, () => weChat.Answer(() =>
            answer.TrySetException(new HttpRequestException("The app does not answer in time."))));
        var (delay, actor) = (world.Noise.Between(QuickMin, QuickMax), Actor.Current ?? world.Own);
        if (!world.Strikes(FaultKind.NotificationLost) && world.AnyNode() is { } node)
        {
            world.Scheduler.In(delay, () => world.Begin(node.Machine, actor, async () =>
            {
                var came = await world.Serve(node, travelling);
                weChat.Answer(() => answer.TrySetResult(new HttpResponseMessage((HttpStatusCode)came.Status)));
            }));
        }

        return await answer.Task.ConfigureAwait(false);
    }
}
