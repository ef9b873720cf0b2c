using System.Net;
using System.Text.Json;
using Pond.LocalHost.WeChatSandbox;

namespace Pond.Tests.Members;

public sealed class TellingOfOneself(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task Nickname_and_birthday_come_back_as_they_were_given()
    {
        var phone = await shared.Newcomer();

        var put = await phone.Put("/api/me", new { nickname = "小池👩‍🌾", birthday = "2000-02-29" });
        var me = await (await phone.Get("/api/me")).Json();

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal("小池👩‍🌾", me.Text("nickname"));
        Assert.Equal("2000-02-29", me.Text("birthday"));
        Assert.Equal((await put.Json()).GetRawText(), me.GetRawText());
    }

    [Fact]
    public async Task What_is_left_out_is_taken_away()
    {
        var phone = await shared.Newcomer();
        await phone.Put("/api/me", new { nickname = "小池", birthday = "2000-02-29" });

        await phone.Put("/api/me", new { birthday = "1999-12-31" });
        var me = await (await phone.Get("/api/me")).Json();

        Assert.Equal(JsonValueKind.Null, me.GetProperty("nickname").ValueKind);
        Assert.Equal("1999-12-31", me.Text("birthday"));
    }

    [Theory]
    [InlineData("2026-03-02", HttpStatusCode.OK)] // today, in China
    [InlineData("2026-03-03", HttpStatusCode.BadRequest)]
    [InlineData("1896-03-03", HttpStatusCode.OK)]
    [InlineData("1896-03-02", HttpStatusCode.BadRequest)]
    public async Task A_birthday_is_neither_to_come_nor_incredible(string birthday, HttpStatusCode expected)
    {
        var phone = await shared.Newcomer();

        var answer = await phone.Put("/api/me", new { birthday });

        Assert.Equal(expected, answer.StatusCode);
        if (expected != HttpStatusCode.OK) Assert.Equal("member.birthday", await answer.Code());
    }

    [Fact]
    public async Task One_member_never_sees_another()
    {
        var (mine, other) = (await shared.Newcomer(), await shared.Newcomer());
        await mine.Put("/api/me", new { nickname = "只有我" });

        Assert.DoesNotContain("只有我", await (await other.Get("/api/me")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task No_row_and_no_message_holds_a_person_in_the_clear()
    {
        await using var own = await MiniProgramApi.Start();
        own.Sandbox.Shoppers.Bind("canary", "uCanaryUnionId000000000000000");
        var phone = await own.LogIn("canary");
        await phone.Put("/api/me", new { nickname = "金丝雀CANARY", birthday = "1987-06-05" });
        await phone.Post("/api/me/check-ins");
        await own.SetStatus(phone.MemberId, "frozen");
        var queued = StoredRow.Messages(own);
        await own.Deliver();
        (await phone.Delete("/api/session")).EnsureSuccessStatusCode();

        var openId = Shoppers.OpenIdOf(MiniProgramApi.AppId, "canary");
        string[] secrets =
        [
            openId, "uCanaryUnionId", "金丝雀", "CANARY", "\\u91d1", "1987", phone.RefreshToken.Split('.')[3],
            phone.AccessToken, Convert.ToBase64String("金丝雀"u8)[..8],
        ];
        var rows = StoredRow.All(own);
        Assert.NotEmpty(queued);
        Assert.Contains(rows, row => row.Partition == "p:" + phone.MemberId);
        foreach (var row in rows.Concat(queued))
        {
            foreach (var secret in secrets) Assert.DoesNotContain(secret, $"{row.Partition} {row.Key} {row.Data}");
        }
    }
}
