using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pond.Platform.Queues;
using Pond.Tests.WeChat;

namespace Pond.Tests.PlatformSpecs;

public sealed class WatchingPoisonQueues
{
    private readonly CapturedLog log = new();

    [Fact]
    public async Task A_poison_queue_that_holds_something_is_named_with_its_count_and_an_empty_one_is_not()
    {
        await using var api = await MiniProgramApi.Start(
            change: services => services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Warning)));
        var (poisoned, sound) = (TriggeredQueues.Names[0], TriggeredQueues.Names[1]);
        var queues = api.Services.GetRequiredService<MessageQueues>();
        foreach (var body in new[] { "a", "b" })
        {
            await queues.Send(poisoned, body, TimeSpan.Zero, CancellationToken.None);
            var taken = await queues.Receive(poisoned, 1, TimeSpan.FromMinutes(1), CancellationToken.None);
            await queues.Poison(Assert.Single(taken), CancellationToken.None);
        }

        await api.Fire(nameof(WatchPoisonQueues));

        Assert.Contains(log.Lines, line => line.Contains($"{poisoned}-poison holds 2 poisoned messages", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains($"{sound}-poison", StringComparison.Ordinal));
    }
}
