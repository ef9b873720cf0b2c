using System.Net;
using System.Text.Json;
using Pond.Tests.Coupons;
using Pond.Tests.Members;
using Pond.Tests.Operators;
using Pond.Tests.Points;
using Pond.Tests.Tiers;

namespace Pond.Tests.FaultInjection;

/// <summary>An operation that moves value, prepared and ready to be sent under one key.</summary>
internal abstract class ValueOperation(Phone phone, string shopper)
{
    private readonly string key = Phone.NewKey();
    private Phone phone = phone;

    protected string Shopper { get; } = shopper;

    /// <summary>Every operation that moves value, by its name.</summary>
    public static readonly IReadOnlyDictionary<string, Func<FaultyApp, string, Task<ValueOperation>>> All =
        new Dictionary<string, Func<FaultyApp, string, Task<ValueOperation>>>
        {
            ["claim"] = ClaimOfTheLastCoupon.Prepare,
            ["redemption"] = RedemptionOfTheOnlyCode.Prepare,
            ["acceptance"] = AcceptanceOfAGift.Prepare,
            ["check-in"] = FirstCheckIn.Prepare,
            ["spend"] = SpendOfThirtyPoints.Prepare,
            ["approval"] = ApprovalOfAGift.Prepare,
            ["grow"] = GrowthIntoATier.Prepare,
            ["merge"] = MergeOfTwoAccounts.Prepare,
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

    private sealed class RedemptionOfTheOnlyCode(Phone phone, string shopper, string templateId, string code)
        : ValueOperation(phone, shopper)
    {
        public static async Task<ValueOperation> Prepare(FaultyApp app, string shopper)
        {
            var templateId = await app.Api.PublishTemplate(LongOpen());
            var code = (await app.Api.CodesOf(templateId, 1))[0];
            return new RedemptionOfTheOnlyCode(await app.Api.LogIn(shopper), shopper, templateId, code);
        }

        public override async Task AssertOneEffect(MiniProgramApi api, HttpStatusCode status, JsonElement answer)
        {
            Assert.Equal(HttpStatusCode.Accepted, status);
            var coupon = Assert.Single(await api.WalletOf(Shopper));
            Assert.Equal(answer.Text("couponId"), coupon.Text("couponId"));
            Assert.Equal((1, 0), await api.StockOf(templateId));
        }

        protected override Task<HttpResponseMessage> Send(Phone phone, string key) =>
            phone.Post(CodeSteps.RedemptionsOf(code), key: key);
    }

    private sealed class AcceptanceOfAGift(Phone phone, string shopper, string token) : ValueOperation(phone, shopper)
    {
        public static async Task<ValueOperation> Prepare(FaultyApp app, string shopper)
        {
            var giver = await app.Api.LogIn(GiverTo(shopper));
            var claim = await giver.Post(CouponSteps.ClaimsOf(await app.Api.PublishTemplate(LongOpen())));
            await app.Api.Deliver();
            var gift = await giver.Post($"/api/me/coupons/{(await claim.Json()).Text("couponId")}/gifts");
            return new AcceptanceOfAGift(
                await app.Api.LogIn(shopper), shopper, (await gift.Json()).Text("token"));
        }

        public override async Task AssertOneEffect(MiniProgramApi api, HttpStatusCode status, JsonElement answer)
        {
            Assert.Equal(HttpStatusCode.Accepted, status);
            var coupon = Assert.Single(await api.WalletOf(Shopper));
            Assert.Equal(answer.Text("couponId"), coupon.Text("couponId"));
            Assert.Empty(await api.WalletOf(GiverTo(Shopper)));
        }

        protected override Task<HttpResponseMessage> Send(Phone phone, string key) =>
            phone.Post($"/api/coupon-gifts/{token}/acceptances", key: key);

        private static string GiverTo(string shopper) => $"giver to {shopper}";
    }

    /// <summary>One coupon, open for longer than all the trials take, that may be given on.</summary>
    private static Dictionary<string, object?> LongOpen()
    {
        var template = Some.Template(stock: 1);
        (template["claimUntil"], template["transferable"]) = (HandClock.Start.AddDays(300), true);
        return template;
    }

    private sealed class FirstCheckIn(Phone phone, string shopper) : ValueOperation(phone, shopper)
    {
        public static async Task<ValueOperation> Prepare(FaultyApp app, string shopper) =>
            new FirstCheckIn(await app.Api.LogIn(shopper), shopper);

        public override async Task AssertOneEffect(MiniProgramApi api, HttpStatusCode status, JsonElement answer)
        {
            Assert.Equal(HttpStatusCode.Created, status);
            Assert.Equal((1, 1), (answer.Whole("streakDays"), answer.Whole("totalDays")));
            var entry = Assert.Single(await api.LedgerOf(Shopper));
            Assert.Equal("checkIn", entry.Text("causeKind"));
            Assert.Equal(answer.Whole("rewardPoints"), entry.Whole("points"));
        }

        protected override Task<HttpResponseMessage> Send(Phone phone, string key) =>
            phone.Post("/api/me/check-ins", key: key);
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

    private sealed class ApprovalOfAGift(Phone console, string shopper, string adjustmentId)
        : ValueOperation(console, shopper)
    {
        public override Task LogInAgain(MiniProgramApi api) => Task.CompletedTask; // a console's key lasts

        public static async Task<ValueOperation> Prepare(FaultyApp app, string shopper)
        {
            var asked = await app.Api.AskFor(await app.Api.LogIn(shopper), 20_000);
            var finance = await app.Api.OperatorWith("finance");
            return new ApprovalOfAGift(finance, shopper, asked.Text("adjustmentId"));
        }

        public override async Task AssertOneEffect(MiniProgramApi api, HttpStatusCode status, JsonElement answer)
        {
            Assert.Equal((HttpStatusCode.OK, "approved"), (status, answer.Text("state")));
            Assert.Equal(20_000, Assert.Single(await api.LedgerOf(Shopper)).Whole("points"));
            Assert.Equal(["20000", "approved"], (await api.AuditOf(adjustmentId)).Select(act => act.Text("after")).Order());
            Assert.DoesNotContain(adjustmentId, await api.Waiting());
        }

        protected override Task<HttpResponseMessage> Send(Phone console, string key) => console.Post(
            $"{PointsSteps.AdjustmentsPath}/{adjustmentId}/approvals", new { reason = "已核对" }, key);
    }

    private sealed class GrowthIntoATier(Phone console, string shopper, string memberId) : ValueOperation(console, shopper)
    {
        public override Task LogInAgain(MiniProgramApi api) => Task.CompletedTask; // a console's key lasts

        public static async Task<ValueOperation> Prepare(FaultyApp app, string shopper)
        {
            var programme = TierSteps.Programme();
            foreach (var tier in programme["tiers"]!.AsArray()) tier!["validityDays"] = 0; // no look is due years later
            await app.Api.SetProgramme(programme);
            var member = await app.Api.LogIn(shopper);
            return new GrowthIntoATier(app.Api.Operator(), shopper, member.MemberId);
        }

        public override async Task AssertOneEffect(MiniProgramApi api, HttpStatusCode status, JsonElement answer)
        {
            Assert.Equal(HttpStatusCode.Created, status);
            Assert.Equal((1_000, 1_000), (answer.Whole("growth"), answer.Whole("afterGrowth")));
            Assert.Single(await (await api.LogIn(Shopper)).GrowthEntries());
            Assert.Equal(["member>silver growth"], await api.TierMoves(memberId));
            Assert.Equal([100], await api.PointsGiven(Shopper));
            Assert.Equal(["1000"], (await api.AuditOf(memberId)).Select(act => act.Text("after")));
        }

        protected override Task<HttpResponseMessage> Send(Phone console, string key) => console.Post(
            $"/api/operator/members/{memberId}/growth-adjustments", new { growth = 1_000, reason = "线下消费" }, key);
    }

    private sealed class MergeOfTwoAccounts(Phone phone, string shopper) : ValueOperation(phone, shopper)
    {
        private string Younger => Shopper + "-younger";

        public static async Task<ValueOperation> Prepare(FaultyApp app, string shopper)
        {
            var older = await app.Api.LogIn(shopper);
            var merge = new MergeOfTwoAccounts(older, shopper);
            app.Api.Clock.Advance(TimeSpan.FromSeconds(1));
            var younger = await app.Api.LogIn(merge.Younger);
            (await younger.BindPhone(merge.Younger)).EnsureSuccessStatusCode();
            await app.Api.Give(older, 70);
            await app.Api.Give(younger, 30);
            await app.Api.Grow(older, 700);
            await app.Api.Grow(younger, 300);
            return merge;
        }

        public override async Task AssertOneEffect(MiniProgramApi api, HttpStatusCode status, JsonElement answer)
        {
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal((await api.LogIn(Shopper)).MemberId, answer.Text("memberId"));
            Assert.Equal((await api.LogIn(Younger)).MemberId, answer.Text("memberId"));
            Assert.Equal([30, 70], (await api.LedgerOf(Shopper)).Select(entry => entry.Whole("points")));
            var growth = await (await api.LogIn(Shopper)).GrowthEntries();
            Assert.Equal([300, 700], growth.Select(entry => entry.Whole("growth")));
        }

        // One person has both accounts: the older's phone tells the younger's number too.
        protected override Task<HttpResponseMessage> Send(Phone phone, string key)
        {
            var shoppers = phone.Api.Sandbox.Shoppers;
            shoppers.GivePhone(Shopper, shoppers.Named(Younger).Phone);
            return phone.Merge(Shopper, key);
        }
    }
}
