using System.Net;
using Pond.Tests.Coupons;
using Pond.Tests.FaultInjection;
using Pond.Tests.Points;
using Pond.Tests.Processes;

namespace Pond.Tests.Azure;

/// <summary>One shopper's way through the app on Azure's services.</summary>
public sealed class ShoppingInAzure : IAsyncLifetime
{
    private AzuriteAccount account = null!;
    private MiniProgramApi api = null!;

    public async Task InitializeAsync()
    {
        account = await AzuriteAccount.Open();
        api = await MiniProgramApi.Start(account.Storage.Settings);
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task It_is_ready_and_leaves_no_message()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await api.Http.GetAsync("/api/health/ready")).StatusCode);
        Assert.True(await account.IsDrained());
        Assert.Equal("health", Assert.Single(await account.Rows()).Partition);
    }

    [Fact]
    public async Task A_shopper_logs_in_checks_in_claims_and_spends_and_the_books_are_balanced()
    {
        var templateId = await api.PublishTemplate(stock: 3);
        var alice = await api.LogIn("alice");
        Assert.Equal(alice.MemberId, (await api.LogIn("alice")).MemberId);

        var checkIn = await (await alice.Post("/api/me/check-ins")).Json();
        var claim = await (await alice.Post(CouponSteps.ClaimsOf(templateId))).Json();
        await api.Give(alice, 50);
        (await api.Adjust(alice.MemberId, -30)).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal(20 + checkIn.Whole("rewardPoints"), await alice.SpendablePoints());
        var coupon = Assert.Single(await api.WalletOf("alice"));
        Assert.Equal(claim.Text("couponId"), coupon.Text("couponId"));
        Assert.Equal(2, (await api.AuditOf(alice.MemberId)).Length);
        Assert.Equal((1, 2), await api.StockOf(templateId));
        Assert.True(await account.IsDrained());
        Books.AssertBalanced(await account.Rows());
    }

    [Fact]
    public async Task The_sweep_finds_what_every_lost_message_pointed_at()
    {
        var templateId = await api.PublishTemplate(stock: 3);
        var alice = await api.LogIn("alice");
        await alice.Post(CouponSteps.ClaimsOf(templateId));
        await account.Purge();
        await api.Deliver();
        Assert.Empty(await api.WalletOf("alice"));

        await api.Settle(account.Storage);

        Assert.Single(await api.WalletOf("alice"));
        Assert.True(await account.IsDrained());
        Books.AssertBalanced(await account.Rows());
    }
}
