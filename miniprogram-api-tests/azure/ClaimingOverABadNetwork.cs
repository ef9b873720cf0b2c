using System.Net;
using Microsoft.AspNetCore.Http;
using Pond.Platform.Outbox;
using Pond.Tests.Coupons;

namespace Pond.Tests.Azure;

/// <summary>The real SDK between an app and an account that is busy, and a network that loses answers.</summary>
public sealed class ClaimingOverABadNetwork
{
    private const int Shoppers = 40;
    private const int Stock = 25;
    private const int BusyEvery = 6;
    private const int LostEvery = 5;

    [Fact]
    public async Task Every_coupon_goes_once_whatever_answers_are_lost()
    {
        await using var proxy = await StorageProxy.Start();
        await using var api = await MiniProgramApi.Start(
            new Dictionary<string, string> { ["PondStorage"] = proxy.Connection });
        var templateId = await api.PublishTemplate(Stock);
        await api.Deliver();
        var phones = await Task.WhenAll(Enumerable.Range(0, Shoppers).Select(number => api.LogIn($"shopper-{number}")));

        proxy.Fault = new BadNetwork().Fault;
        var answers = await Task.WhenAll(
            phones.Select(phone => phone.PostUntilAnswered(CouponSteps.ClaimsOf(templateId))));
        proxy.Fault = _ => null;
        api.Clock.Advance(DueHints.Ripening + TimeSpan.FromMinutes(1));
        await api.Fire(nameof(SweepOutbox));
        await api.Deliver();

        Assert.Equal(Stock, answers.Count(answer => answer.StatusCode is HttpStatusCode.Accepted));
        Assert.Equal(Shoppers - Stock, answers.Count(answer => answer.StatusCode is HttpStatusCode.Conflict));
        Assert.Equal((Stock, 0), await api.StockOf(templateId));
        foreach (var (phone, answer) in phones.Zip(answers))
        {
            var wallet = (await (await phone.Get("/api/me/coupons")).Json()).Items();
            Assert.Equal(answer.IsSuccessStatusCode ? 1 : 0, wallet.Length);
        }
    }

    private sealed class BadNetwork
    {
        private int requests;
        private int commits;

        public NetworkFault? Fault(HttpRequest request)
        {
            if (Interlocked.Increment(ref requests) % BusyEvery == 0)
                return new NetworkFault.Answers(StatusCodes.Status503ServiceUnavailable, "ServerBusy");
            return StorageProxy.IsCommit(request) && Interlocked.Increment(ref commits) % LostEvery == 0
                ? new NetworkFault.LosesAnswer()
                : null;
        }
    }
}
