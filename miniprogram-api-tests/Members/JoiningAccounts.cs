using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pond.Tests.WeChat;

namespace Pond.Tests.Members;

/// <summary>One person by several openids: what a unionid does.</summary>
[Rule("AUTH-01")]
public sealed class JoiningAccounts(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task Two_openids_of_one_unionid_are_one_member()
    {
        BindAll("union-of-two", "two-a", "two-b");

        var (first, second) = (await api.LogIn("two-a"), await api.LogIn("two-b"));

        Assert.Equal(first.MemberId, second.MemberId);
        Assert.Equal(HttpStatusCode.OK, (await first.Get("/api/me")).StatusCode);
    }

    [Fact]
    public async Task First_logins_of_ten_openids_of_one_unionid_at_once_make_one_member()
    {
        var names = Enumerable.Range(0, 10).Select(number => $"union-racer-{number}").ToArray();
        BindAll("union-of-ten", names);

        var phones = await Task.WhenAll(names.Concat(names).Concat(names).Select(api.LogIn));

        Assert.Single(phones.Select(phone => phone.MemberId).Distinct());
    }

    [Fact]
    public async Task An_openid_that_was_known_before_its_unionid_stays_the_same_member()
    {
        var before = await api.LogIn("late-a");
        BindAll("union-late", "late-a", "late-b");

        var after = await api.LogIn("late-a");
        var other = await api.LogIn("late-b");

        Assert.Equal(before.MemberId, after.MemberId);
        Assert.Equal(before.MemberId, other.MemberId);
    }

    [Fact]
    public async Task Two_accounts_that_turn_out_to_be_one_person_stay_two_and_the_log_says_so()
    {
        using var log = new CapturedLog();
        await using var own = await MiniProgramApi.Start(change: services => services.AddLogging(
            logging => logging.SetMinimumLevel(LogLevel.Warning).AddProvider(log)));
        var (first, second) = (await own.LogIn("twice-a"), await own.LogIn("twice-b"));
        own.Sandbox.Shoppers.Bind("twice-a", "uTwice");
        own.Sandbox.Shoppers.Bind("twice-b", "uTwice");

        var (firstAgain, secondAgain) = (await own.LogIn("twice-a"), await own.LogIn("twice-b"));

        Assert.Equal((first.MemberId, second.MemberId), (firstAgain.MemberId, secondAgain.MemberId));
        var line = Assert.Single(log.Lines, line => line.Contains("two accounts", StringComparison.Ordinal));
        Assert.Contains(first.MemberId, line);
        Assert.Contains(second.MemberId, line);
        Assert.DoesNotContain("uTwice", string.Join('\n', log.Lines));
    }

    [Fact]
    public async Task Who_is_banned_does_not_come_back_by_another_openid()
    {
        BindAll("union-banned", "banned-a", "banned-b");
        await api.SetStatus((await api.LogIn("banned-a")).MemberId, "banned");

        var answer = await api.LogInWith(api.Sandbox.Codes.Issue("banned-b"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("member.banned", await answer.Code());
    }

    private void BindAll(string unionId, params string[] shoppers)
    {
        foreach (var shopper in shoppers) api.Sandbox.Shoppers.Bind(shopper, unionId);
    }
}
