using System.Net;
using System.Text.Json;
using Pond.Tests.Processes;
using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.Azure;

/// <summary>One person whose wishes reach all processes at the same moment.</summary>
[Collection(nameof(ThreeProcesses))]
public sealed class AskingEverywhereAtOnce(ThreeProcesses three)
{
    private const int AsksOfEach = 3;
    private const int Rounds = 3;

    [Theory, InlineData("claim"), InlineData("check-in"), InlineData("spend")]
    public async Task One_key_has_one_effect_and_one_answer(string what)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var phone = await three.Newcomer();
            await Give(phone, 100);
            var key = Phone.NewKey();
            var wish = what switch
            {
                "claim" => await Claims(phone, stock: 50, perMember: 20),
                "check-in" => CheckIns(phone),
                _ => Adjustments(phone, -30),
            };

            var answers = await AskAtOnce(_ => wish(key));

            Assert.True(answers[0].Status is HttpStatusCode.Accepted or HttpStatusCode.Created, answers[0].Code);
            Assert.Single(answers.Select(answer => (answer.Status, answer.Answer.GetRawText())).Distinct());
            var (coupons, points) = await WhatIsThere(phone);
            Assert.Equal(what == "claim" ? 1 : 0, coupons);
            Assert.Equal(what switch { "claim" => [100], "check-in" => [5, 100], _ => [-30L, 100] }, points);
        }
    }

    [Fact]
    public async Task The_limit_of_a_member_holds()
    {
        var phone = await three.Newcomer();
        var claim = await Claims(phone, stock: 50, perMember: 2);

        var answers = await AskAtOnce(_ => claim(null));

        Assert.Equal(2, answers.Count(answer => answer.Status is HttpStatusCode.Accepted));
        Assert.Equal((AsksOfEach * Fleet.Size) - 2, answers.Count(answer => answer.Code == "coupon.limit_reached"));
        Assert.Equal(2, (await WhatIsThere(phone)).Coupons);
    }

    [Fact]
    public async Task A_day_has_one_check_in()
    {
        var phone = await three.Newcomer();

        var answers = await AskAtOnce(_ => CheckIns(phone)(null));

        Assert.Single(answers, answer => answer.Status is HttpStatusCode.Created);
        Assert.Equal((AsksOfEach * Fleet.Size) - 1, answers.Count(answer => answer.Code == "check_in.done_today"));
        Assert.Equal([5], (await WhatIsThere(phone)).Points);
    }

    [Fact]
    public async Task Spends_never_take_more_than_there_is()
    {
        var phone = await three.Newcomer();
        await Give(phone, 100);

        var answers = await AskAtOnce(_ => Adjustments(phone, -30)(null));

        Assert.Equal(3, answers.Count(answer => answer.Status is HttpStatusCode.Created));
        Assert.Equal((AsksOfEach * Fleet.Size) - 3, answers.Count(answer => answer.Code == "points.insufficient"));
        Assert.Equal([-30, -30, -30, 100], (await WhatIsThere(phone)).Points);
    }

    [Fact]
    public async Task Gifts_and_spends_add_up()
    {
        var phone = await three.Newcomer();
        await Give(phone, 40);

        var answers = await AskAtOnce(number => Adjustments(phone, number % 2 == 0 ? 20 : -30)(null));

        var told = answers.Where(answer => answer.Status is HttpStatusCode.Created)
            .Select(answer => answer.Answer.Whole("points"));
        Assert.Equal(told.Append(40).Order(), (await WhatIsThere(phone)).Points.Order());
    }

    [Fact]
    public async Task A_first_login_makes_one_member()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var shopper = $"everywhere-{round}";
            var phones = await AtOnce(async (app, _) => await three.LogIn(shopper, app));

            Assert.Single(phones.Select(phone => phone.MemberId).Distinct());
        }
    }

    [Fact]
    public async Task All_are_ready()
    {
        var answers = await AtOnce((app, _) => app.GetAsync("/api/health/ready"));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
    }

    private async Task<Func<string?, Wish>> Claims(Phone phone, int stock, int perMember)
    {
        var path = ClaimsOf(await three.Publish(stock, perMember));
        return key => new Wish(phone.MemberId, phone.AccessToken, path, key: key);
    }

    private static Func<string?, Wish> CheckIns(Phone phone) =>
        key => new Wish(phone.MemberId, phone.AccessToken, Rush.CheckIns, key: key);

    private Func<string?, Wish> Adjustments(Phone phone, long points)
    {
        var operatorKey = three.Onlooker.Operator().AccessToken;
        var body = new { memberId = phone.MemberId, points, reason = "到店" };
        return key => new Wish(phone.MemberId, operatorKey, Rush.Adjustments, body, key);
    }

    private async Task Give(Phone phone, long points) =>
        await Adjustments(phone, points)(null).SendUntilAnswered(three.Fleet.Next);

    private Task<Wish[]> AskAtOnce(Func<int, Wish> wish) => AtOnce(async (app, number) =>
    {
        var one = wish(number);
        await one.SendUntilAnswered(() => app);
        return one;
    });

    /// <summary>The same at each process several times, all at once.</summary>
    private async Task<T[]> AtOnce<T>(Func<HttpClient, int, Task<T>> ask)
    {
        var apps = await three.Fleet.AllUp();
        return await Task.WhenAll(
            Enumerable.Range(0, AsksOfEach * apps.Length).Select(number => ask(apps[number % apps.Length].Http, number)));
    }

    /// <summary>Coupons and ledger of a member once every message has had its effect, the newest entry first.</summary>
    private async Task<(int Coupons, IReadOnlyList<long> Points)> WhatIsThere(Phone phone)
    {
        await three.BalancedBooks();
        var app = three.Fleet.Next();
        var wallet = await Get(app, phone, "/api/me/coupons");
        var ledger = await Get(app, phone, "/api/me/points/entries");
        return (wallet.Length, [.. ledger.Select(entry => entry.Whole("points"))]);
    }

    private static async Task<JsonElement[]> Get(HttpClient app, Phone phone, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", phone.AccessToken);
        using var answer = await app.SendAsync(request);
        return (await answer.EnsureSuccessStatusCode().Json()).Items();
    }
}
