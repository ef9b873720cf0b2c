using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Pond.LocalHost.WeChatSandbox;
using Pond.Tests.Coupons;

namespace Pond.Tests.Benchmarks;

/// <summary>How many requests a second the whole app answers over HTTP on this machine, and how fast.</summary>
/// <remarks>
/// App, embedded store with fsync, queues and callers share one process and its cores; messages are delivered
/// while requests run. Each figure is one pass over all members, after a pass that nobody measures.
/// </remarks>
public static class ApiBenchmark
{
    private const int Members = 4_000;
    private const int WarmUpMembers = 400;
    private const int Callers = 32;

    public static async Task Run(TextWriter output)
    {
        await using var weChat = new SandboxServer(MiniProgramApi.WeChatAt(port: 0), TimeProvider.System);
        await weChat.StartAsync(CancellationToken.None);
        await using var api = await MiniProgramApi.Start(
            change: services => services.AddSingleton(TimeProvider.System),
            runTriggers: true,
            weChat: (weChat, new HandClock()));
        var (oneShard, manyShards) = (await Publish(api, shards: 1), await Publish(api, shards: 8));
        Phone[] warmUp = await LogIn(api, "warm-up", WarmUpMembers);
        Phone[] members = await LogIn(api, "member", Members);

        await output.WriteLineAsync($"{Callers} callers           requests/s   p50 ms   p99 ms");
        await Measure(output, "health", warmUp, members, member => member.Get("/api/health/live"));
        await Measure(output, "profile", warmUp, members, member => member.Get("/api/me"));
        await Measure(output, "check-in", warmUp, members, member => member.Post("/api/me/check-ins"));
        await Measure(output, "claim, 1 shard", warmUp, members, member => member.Post(CouponSteps.ClaimsOf(oneShard)));
        await Measure(output, "claim, 8 shards", warmUp, members, member => member.Post(CouponSteps.ClaimsOf(manyShards)));
        await Measure(output, "wallet", warmUp, members, member => member.Get("/api/me/coupons"));

        var counter = await Counter.Open(api, 2 * Members);
        await Measure(output, "quote", warmUp, members, counter.Quote);
        await Measure(output, "order", warmUp, members, counter.Order);
        await Measure(output, "payment begun", warmUp, members, counter.BeginPayment);
        await Measure(output, "notification", warmUp, members, counter.PayAndNotify);
    }

    private static Task<string> Publish(MiniProgramApi api, int shards) =>
        api.PublishTemplate(Some.OpenTemplate(stock: 2 * Members, shards: shards));

    private static async Task<Phone[]> LogIn(MiniProgramApi api, string name, int count)
    {
        var phones = new Phone[count];
        await Parallel.ForAsync(0, count, async (i, _) => phones[i] = await api.LogIn($"{name}-{i}"));
        return phones;
    }

    private static async Task Measure(
        TextWriter output, string name, Phone[] warmUp, Phone[] members, Func<Phone, Task<HttpResponseMessage>> call)
    {
        await Pass(warmUp, call);
        var start = Stopwatch.GetTimestamp();
        var times = await Pass(members, call);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Array.Sort(times);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-20} {members.Length / seconds,12:F0} {times[times.Length / 2],8:F2} {times[times.Length * 99 / 100],8:F2}"));
    }

    /// <summary>Every member calls once; how many milliseconds each waited.</summary>
    private static async Task<double[]> Pass(Phone[] members, Func<Phone, Task<HttpResponseMessage>> call)
    {
        var times = new double[members.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Callers };
        await Parallel.ForAsync(0, members.Length, options, async (i, _) =>
        {
            var begun = Stopwatch.GetTimestamp();
            using var answer = await call(members[i]);
            answer.EnsureSuccessStatusCode();
            times[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        });
        return times;
    }
}
