using System.Net;
using System.Text.Json;
using Pond.Tests.Coupons;

namespace Pond.Tests.FaultInjection;

/// <summary>An operation that moves value, prepared and ready to be sent under one key.</summary>
internal abstract class ValueOperation(Phone phone, string shopper)
{
    private readonly string key = Phone.NewKey();
    private Phone phone = phone;

    protected string Shopper { get; } = shopper;

    /// <summary>Those that are tried on a real store too, by their names.</summary>
    public static readonly IReadOnlyDictionary<string, Func<FaultyApp, string, Task<ValueOperation>>> All =
        new Dictionary<string, Func<FaultyApp, string, Task<ValueOperation>>>
        {
            ["claim"] = ClaimOfTheLastCoupon.Prepare,
            ["spend"] = SpendOfThirtyPoints.Prepare,
        };

    /// <summary>A shopper's token does not last while the hints of the preparations are worked off.</summary>
    public virtual async Task LogInAgain(MiniProgramApi api) => phone = await api.LogIn(Shopper);

    /// <summary>Sends it, the first time or again.</summary>
    public Task<HttpResponseMessage> Send(MiniProgramApi api) => Send(phone with { Api = api }, key);

    /// <summary>Fails unless it happened exactly once and the answer tells it so.</summary>
    public abstract Task AssertOneEffect(MiniProgramApi api, HttpStatusCode status, JsonElement answer);

    protected abstract Task<HttpResponseMessage> Send(Phone phone, string key);

    private sealed class ClaimOfTheLastCoupon(Phone phone, string shopper, string templateId) : ValueOperation(phone, shopper)
    {
        public static async Task<ValueOperation> Prepare(FaultyApp app, string shopper)
        {
            var templateId = await app.Api.PublishTemplate(stock: 1);
            return new ClaimOfTheLastCoupon(await app.Api.LogIn(shopper), shopper, templateId);
        }

        public override async Task AssertOneEffect(MiniProgramApi api, HttpStatusCode status, JsonElement answer)
        {
            Assert.Equal(HttpStatusCode.Accepted, status);
            var coupon = Assert.Single(await api.WalletOf(Shopper));
            Assert.Equal(answer.Text("couponId"), coupon.Text("couponId"));
            Assert.Equal((1, 0), await api.StockOf(templateId));
        }

        protected override Task<HttpResponseMessage> Send(Phone phone, string key) =>
            phone.Post(CouponSteps.ClaimsOf(templateId), key: key);
    }

    private sealed class SpendOfThirtyPoints(Phone console, string shopper, string memberId) : ValueOperation(console, shopper)
    {
        public override Task LogInAgain(MiniProgramApi api) => Task.CompletedTask; // a console's key lasts

        public static async Task<ValueOperation> Prepare(FaultyApp app, string shopper)
        {
            var member = await app.Api.LogIn(shopper);
            var spend = new SpendOfThirtyPoints(app.Api.Operator(), shopper, member.MemberId);
            (await spend.Adjust(app.Api.Operator(), 100, Phone.NewKey())).EnsureSuccessStatusCode();
            return spend;
        }

        public override async Task AssertOneEffect(MiniProgramApi api, HttpStatusCode status, JsonElement answer)
        {
            Assert.Equal(HttpStatusCode.Created, status);
            Assert.Equal((-30, 70), (answer.Whole("points"), answer.Whole("afterPoints")));
            Assert.Equal([-30, 100], (await api.LedgerOf(Shopper)).Select(entry => entry.Whole("points")));
            Assert.Equal(["70", "100"], (await api.AuditOf(memberId)).Select(act => act.Text("after")));
        }

        protected override Task<HttpResponseMessage> Send(Phone console, string key) => Adjust(console, -30, key);

        private Task<HttpResponseMessage> Adjust(Phone console, long points, string key) =>
            console.Post("/api/operator/points-adjustments", new { memberId, points, reason = "到店兑换" }, key);
    }
}
