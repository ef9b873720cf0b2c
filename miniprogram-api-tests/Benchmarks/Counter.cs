using System.Collections.Concurrent;
using System.Net;
using Pond.LocalHost.WeChatSandbox;
using Pond.Tests.Orders;

namespace Pond.Tests.Benchmarks;

/// <summary>Where every member buys one piece, a step at a time, each step from what the one before has left.</summary>
internal sealed class Counter(SandboxPay weChat, Wish wish)
{
    private const int Shards = 8;

    private readonly ConcurrentDictionary<string, string> tokens = new();
    private readonly ConcurrentDictionary<string, string> orderIds = new();

    public static async Task<Counter> Open(MiniProgramApi api, int stock) =>
        new(api.Sandbox.Pay, new Wish(await api.Product(stock: stock, shards: Shards)));

    public async Task<HttpResponseMessage> Quote(Phone member)
    {
        var answer = await member.Post("/api/quotes", wish.Quoted());
        tokens[member.MemberId] = (await answer.Json()).Text("token");
        return answer;
    }

    public async Task<HttpResponseMessage> Order(Phone member)
    {
        var answer = await member.PostUntilAnswered("/api/orders", wish.Ordered(tokens[member.MemberId]));
        orderIds[member.MemberId] = (await answer.Json()).Text("orderId");
        return answer;
    }

    public Task<HttpResponseMessage> BeginPayment(Phone member) =>
        member.Post($"/api/orders/{orderIds[member.MemberId]}/payment");

    /// <summary>WeChat signs and sends it, the app verifies, opens and keeps it: both in one process here.</summary>
    public async Task<HttpResponseMessage> PayAndNotify(Phone member)
    {
        weChat.Pay($"{orderIds[member.MemberId]}-01");
        await weChat.SendDue(CancellationToken.None);
        return new HttpResponseMessage(HttpStatusCode.NoContent);
    }
}
