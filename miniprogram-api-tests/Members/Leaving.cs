using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pond.LocalHost.WeChatSandbox;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Tests.WeChat;

namespace Pond.Tests.Members;

[Rule("AUTH-06")]
public sealed class Leaving(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task Who_has_left_is_refused_on_every_route_and_does_not_refresh()
    {
        var phone = await shared.Newcomer();
        Assert.Equal(HttpStatusCode.NoContent, (await phone.Delete("/api/me")).StatusCode);

        foreach (var endpoint in Endpoint.Of(CallerKind.Member))
        {
            var answer = await phone.Send(endpoint.Method, endpoint.Path(new Ids().Next()), key: Phone.NewKey());
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{endpoint}: {answer.StatusCode}");
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await api.Refresh(phone.RefreshToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await api.SetStatus(phone.MemberId, "active")).StatusCode);
    }

    [Fact]
    public async Task The_same_shopper_begins_anew_before_and_after_the_erasure()
    {
        var first = await api.LogIn("returning");
        await first.BindPhone("returning", "13900010001");
        await first.Delete("/api/me");

        var second = await api.LogIn("returning");
        await api.Deliver();
        var third = await api.LogIn("returning");

        Assert.NotEqual(first.MemberId, second.MemberId);
        Assert.Equal(second.MemberId, third.MemberId);
        Assert.Equal(HttpStatusCode.OK, (await third.BindPhone("returning")).StatusCode);
        Assert.DoesNotContain(StoredRow.AllButHints(api), row => row.Partition.StartsWith("i:", StringComparison.Ordinal)
            && row.Data.Contains(first.MemberId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_is_free_from_the_answer_on_also_before_the_erasure()
    {
        var first = await api.LogIn("impatient");
        await first.BindPhone("impatient", "13900010002");
        await first.Delete("/api/me");

        Assert.Equal(
            HttpStatusCode.OK, (await (await api.LogIn("impatient")).BindPhone("impatient")).StatusCode);
        await api.Deliver();
        Assert.DoesNotContain(StoredRow.AllButHints(api), row => row.Partition.StartsWith("i:", StringComparison.Ordinal)
            && row.Data.Contains(first.MemberId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_linked_too_late_for_the_erasure_goes_too()
    {
        var phone = await api.LogIn("late");
        var identities = api.Services.GetRequiredService<Identities>();
        await phone.Delete("/api/me");
        await api.Deliver();
        var (key, number) = (identities.OfPhone("+8613900010003"), "+8613900010003");
        await identities.TryLink(key, phone.MemberId, replacing: null, CancellationToken.None);

        await Assert.ThrowsAsync<ProblemException>(() => api.Services.GetRequiredService<PhoneBinding>()
            .Bind(phone.MemberId, number, CancellationToken.None));

        Assert.Null(await identities.Find(key, CancellationToken.None));
    }

    [Fact]
    public async Task Logins_that_race_with_leaving_bring_nobody_back()
    {
        var phone = await api.LogIn("torn");
        var codes = Enumerable.Range(0, 50).Select(_ => api.Sandbox.Codes.Issue("torn")).ToArray();

        var logins = codes.Select(code => api.LogInWith(code)).ToArray();
        var left = await phone.Delete("/api/me");
        await Task.WhenAll([.. logins, api.Deliver()]);
        await api.Deliver();

        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.Equal(
            [("key", "erased")],
            StoredRow.All(api).Where(row => row.Partition == "p:" + phone.MemberId).Select(row => (row.Key, row.Data)));
        Assert.NotEqual(phone.MemberId, (await api.LogIn("torn")).MemberId);
    }

    [Fact]
    public async Task An_erasure_that_was_cut_off_or_comes_twice_ends_the_same()
    {
        var phone = await api.LogIn("twice-erased");
        await phone.BindPhone("twice-erased", "13900020001");
        var identities = api.Services.GetRequiredService<Identities>();
        var openId = identities.OfOpenId(Shoppers.OpenIdOf(MiniProgramApi.AppId, "twice-erased"));
        await phone.Delete("/api/me");
        await identities.Unlink(
            openId, (await identities.Find(openId, CancellationToken.None))!, CancellationToken.None);

        await api.Deliver();
        var after = StoredRow.AllButHints(api);
        await api.Services.GetRequiredService<Erasure>().Run(phone.MemberId, CancellationToken.None);

        Assert.Equal(after, StoredRow.AllButHints(api));
        Assert.DoesNotContain(after, row => row.Partition.StartsWith("i:", StringComparison.Ordinal)
            && row.Data.Contains(phone.MemberId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_frozen_member_does_not_leave()
    {
        var phone = await shared.Newcomer();
        await api.SetStatus(phone.MemberId, "frozen");

        Assert.Equal("member.frozen", await (await phone.Delete("/api/me")).Code());
    }

    [Fact]
    public async Task After_an_erasure_nothing_stored_queued_or_logged_tells_of_the_person()
    {
        using var log = new CapturedLog();
        await using var own = await MiniProgramApi.Start(change: services => services.AddLogging(
            logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        own.Sandbox.Shoppers.Bind("goldfinch", "uGoldfinchUnionId0000000000000");
        var phone = await own.LogIn("goldfinch");
        await phone.Put("/api/me", new { nickname = "金翅雀FINCH", birthday = "1986-05-04" });
        await phone.BindPhone("goldfinch", "13955554444");
        await phone.BindPhone("goldfinch", "13955553333");
        await phone.Post("/api/me/check-ins");
        (await phone.Delete("/api/me")).EnsureSuccessStatusCode();
        var queued = StoredRow.Messages(own);
        await own.Deliver();

        var openId = Shoppers.OpenIdOf(MiniProgramApi.AppId, "goldfinch");
        string[] secrets =
            [openId, "uGoldfinchUnionId", "金翅雀", "FINCH", "\\u91d1", "1986-05", "1395555", "139****", phone.AccessToken];
        var rows = StoredRow.All(own);
        string[] places =
            [.. rows.Concat(queued).Select(row => $"{row.Partition} {row.Key} {row.Data}"), .. log.Lines];
        Assert.NotEmpty(queued);
        Assert.NotEmpty(log.Lines);
        foreach (var secret in secrets) Assert.DoesNotContain(places, place => place.Contains(secret));
        Assert.DoesNotContain(rows, row => row.Partition.StartsWith("i:", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Partition == MemberRows.Partition(phone.MemberId) && row.Key == "points");
    }
}
