using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Pond.Kernel;
using Pond.Platform;
using Pond.Shares;
using Pond.Tests.Members;
using Pond.Tests.Orders;

namespace Pond.Tests.Shares;

[Rule("INV-01")]
public sealed class InvitingFriends(SharedApi app) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact]
    public async Task A_member_has_one_code_for_ever_and_no_two_have_the_same()
    {
        var (one, other, key) = (await app.Newcomer(), await app.Newcomer(), Phone.NewKey());

        string[] same =
        [
            .. await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => one.InviteCode())), await one.InviteCode(key),
            await one.InviteCode(key),
        ];

        Assert.Single(same.Distinct());
        Assert.Matches("^[2-9A-HJKMNP-Z]{8}$", same[0]);
        Assert.NotEqual(same[0], await other.InviteCode());
    }

    [Fact]
    public async Task A_code_leads_to_its_member_in_small_letters_too_and_a_mistyped_one_to_nobody()
    {
        var (phone, friend) = (await app.Newcomer(), await app.Newcomer());
        (await phone.Put("/api/me", new { nickname = "李四" })).EnsureSuccessStatusCode();
        var code = await phone.InviteCode();
        var wrong = (code[0] == 'A' ? 'B' : 'A') + code[1..];

        foreach (var typed in new[] { code, code.ToLowerInvariant(), $"{code[..4]}-{code[4..]}" })
        {
            var landing = await friend.Landing(typed);
            Assert.Equal(("invite", "李*", null), (landing.Text("kind"), landing.Text("inviter"), landing.WhyNot()));
        }

        Assert.Equal("share.missing", await (await friend.Get($"/api/shares/{wrong}")).Code());
    }

    [Fact]
    public async Task Nobody_accepts_their_own_invitation()
    {
        var phone = await app.Newcomer();

        Assert.Equal("share.own", (await phone.Landing(await phone.InviteCode())).WhyNot());
    }

    [Fact]
    public async Task Who_would_have_another_member_s_code_gets_the_next_one_each_time()
    {
        var (first, second) = (await app.Newcomer(), await app.Newcomer());
        var tokens = api.Services.GetRequiredService<ShareTokens>();
        var wanted = tokens.InviteOf(second.MemberId, 0);
        await api.Services.GetRequiredService<Transactor>().Run(
            ShareRows.Of(wanted),
            new Operation("Test", wanted, Fingerprint: null),
            (known, now) => ShareRules.Make(
                known, new Share(wanted, first.MemberId, ShareKind.Invite, null, null, "x", null, now)),
            CancellationToken.None);

        var codes = new[] { await second.InviteCode(), await second.InviteCode() };

        Assert.All(codes, code => Assert.Equal(tokens.InviteOf(second.MemberId, 1), code));
        Assert.True((await first.Landing(wanted)).GetProperty("isOwn").GetBoolean());
    }

    [Fact]
    public async Task The_code_of_an_account_that_became_part_of_another_leads_to_that()
    {
        var (older, younger) = await api.LogInTwice("invite-a1", "invite-a2", "13800091001");
        var (code, token) = (await younger.InviteCode(), await younger.ShareToken("product", (await api.Product())[..^2]));
        (await younger.Merge("invite-a2")).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.All(
            new[] { await older.Landing(code), await older.Landing(token) },
            landing => Assert.True(landing.GetProperty("isOwn").GetBoolean()));
    }

    [Fact]
    public async Task A_code_is_what_a_first_login_may_say()
    {
        var code = await (await app.Newcomer()).InviteCode();
        var answer = await api.Http.PostAsJsonAsync(
            "/api/session", new { code = api.Sandbox.Codes.Issue($"invited-{code}"), inviteCode = code });
        var session = await answer.Json();
        var friend = new Phone(api, session.Text("memberId"), session.Text("accessToken"), session.Text("refreshToken"));

        Assert.Equal(code, (await (await friend.Get("/api/me/export")).Json()).GetProperty("accounts")[0]
            .GetProperty("account").Text("inviteCode"));
    }

    [Fact]
    public void Every_code_reads_as_itself_and_every_wrong_character_and_swap_is_caught()
    {
        var random = new Random(1);
        for (var time = 0; time < 1_000; time++)
        {
            var code = LegibleCodes.Of((UInt128)random.NextInt64(), ShareTokens.InviteChars);
            var place = random.Next(ShareTokens.InviteChars - 1);
            var letter = LegibleCodes.Alphabet[random.Next(LegibleCodes.Alphabet.Length)];
            var wrong = code[..place] + letter + code[(place + 1)..];
            var swapped = code[..place] + code[place + 1] + code[place] + code[(place + 2)..];

            Assert.Equal(code, ShareTokens.Parse(code.ToLowerInvariant()));
            if (wrong != code) Assert.Null(ShareTokens.Parse(wrong));
            if (swapped != code) Assert.Null(ShareTokens.Parse(swapped));
        }
    }
}
