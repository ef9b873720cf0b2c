using System.Net;
using System.Security.Cryptography;
using System.Text;
using Pond.LocalHost.WeChatSandbox;
using Pond.Platform.WeChat;
using Pond.Tests.Members;
using Pond.Touches;

namespace Pond.Tests.Touches;

/// <summary>WeChat pushes what shoppers answer; what others make up changes nothing.</summary>
[Rule("TCH-01")]
public sealed class HearingFromWeChat : IAsyncLifetime
{
    // Source: developers.weixin.qq.com, 消息推送, the examples of its debugger.
    private const string OfficialAppId = "wxba5fad812f8e6fb9";

    private const string OfficialEncrypted =
        "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8"
        + "XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32"
        + "IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=";

    private static readonly PushSigns OfficialSigns = new(
        Signature: "6c5c811b55cc85e0e1b54100749188c20beb3f5d",
        MsgSignature: "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
        Timestamp: "1714112445",
        Nonce: "415670741");

    private static readonly string Template = TouchSteps.TemplateOf(Occasion.Announcement);

    private MiniProgramApi api = null!;
    private Phone alice = null!;

    private string OpenId { get; } = TouchSteps.OpenIdOf("alice");

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start();
        await api.SetMessageTemplate(Occasion.Announcement);
        alice = await api.LogIn("alice");
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public void The_official_examples_are_WeChat_s()
    {
        var plain = Pushes("", 1714036504);
        Assert.True(plain.IsOurs(new("f464b24fc39322e44b38aa78f5edd27bd1441696", null, "1714036504", "1514711492")));

        var body = Encoding.UTF8.GetBytes($$"""{"ToUserName":"gh_97417a04a28d","Encrypt":"{{OfficialEncrypted}}"}""");
        var push = Pushes(new string('A', 43), 1714112445).Read(OfficialSigns, body);
        Assert.Equal(
            ("o9AgO5Kd5ggOC-bXrbNODIiE3bGY", 1714112445L, "debug_demo"),
            (push!.OpenId, push.At.ToUnixTimeSeconds(), push.Event));
        Assert.NotNull(Pushes(new string('B', 43), 1714112445, before: new string('A', 43)).Read(OfficialSigns, body));

        var json = Encoding.UTF8.GetBytes("""{"FromUserName":"o1","CreateTime":"1714037059","MsgType":"event","Event":"x"}""");
        Assert.NotNull(Pushes("", 1714037059).Read(
            new("899cf89e464efb63f54ddac96b0a0a235f53aa78", null, "1714037059", "486452656"), json));
    }

    [Fact]
    public async Task A_yes_that_both_tell_counts_once_and_a_no_ends_all()
    {
        await alice.Subscribe("alice", Occasion.Announcement, times: 2);
        await Push(api.Sandbox.Events.Popup(OpenId, (Template, "accept")));
        var twice = api.Sandbox.Events.Popup(OpenId, (Template, "accept"), ("other", "reject"));
        for (var time = 0; time < 3; time++) await Push(twice);
        await api.Deliver();
        Assert.Equal(2, await alice.Credits(Occasion.Announcement));

        api.Clock.Advance(TimeSpan.FromSeconds(5));
        var before = api.Sandbox.Events.Popup(OpenId, (Template, "accept"));
        api.Clock.Advance(TimeSpan.FromSeconds(5));
        await Push(api.Sandbox.Events.Change(OpenId, (Template, "reject")));
        await Push(before); // it was on its way longer
        await api.Deliver();
        Assert.Equal(0, await alice.Credits(Occasion.Announcement));

        var item = (await (await alice.Get(TouchSteps.SubscriptionsPath)).Json()).Items().Single();
        Assert.True(item.GetProperty("shouldAsk").GetBoolean());
    }

    [Fact]
    public async Task The_sandbox_lets_a_shopper_say_yes_and_tells_the_app()
    {
        using var levers = new HttpClient { BaseAddress = api.Sandbox.Address };
        var body = new StringContent(
            $$"""{"shopper":"alice","templateId":"{{Template}}","push":true}""", Encoding.UTF8, "application/json");
        var answer = await (await levers.PostAsync("/__sandbox/subscriptions", body)).EnsureSuccessStatusCode().Json();
        await api.Deliver();

        Assert.Equal((1, 200), (answer.Whole("left"), answer.Whole("pushed")));
        Assert.Equal(1, await alice.Credits(Occasion.Announcement));
        Assert.Contains("服务通知", await levers.GetStringAsync("/messages"), StringComparison.Ordinal);
        Assert.Equal("[]", await levers.GetStringAsync("/__sandbox/messages"));
    }

    [Fact]
    public async Task WeChat_s_question_for_the_address_is_answered_and_nobody_else_s()
    {
        var time = $"{api.Clock.GetUtcNow().ToUnixTimeSeconds()}";
        var right = $"/api/wechat/events?signature={Sign(time, "n")}&timestamp={time}&nonce=n&echostr=";

        Assert.Equal("8131", await api.Http.GetStringAsync(right + "8131"));
        Assert.Equal("wechat_push.refused", await (await api.Http.GetAsync(right.Replace("nonce=n", "nonce=m") + "8131")).Code());
        Assert.Equal("wechat_push.refused", await (await api.Http.GetAsync(right)).Code());
    }

    [Theory]
    [InlineData("signature of another body")]
    [InlineData("another nonce")]
    [InlineData("old")]
    [InlineData("plain")]
    [InlineData("another app")]
    [InlineData("another key")]
    [InlineData("cut off")]
    [InlineData("said twice")]
    public async Task What_is_made_up_is_refused_and_changes_nothing(string how)
    {
        var events = api.Sandbox.Events;
        var body = events.Popup(OpenId, (Template, "accept"));
        var elsewhere = how switch
        {
            "another app" => Sandbox("wx00000000000000bb", MiniProgramApi.PushAesKey),
            "another key" => Sandbox(MiniProgramApi.AppId, new string('Z', 43)),
            _ => null,
        };
        using var request = (elsewhere?.Events ?? events).Request(api.Address, body);
        var text = await request.Content!.ReadAsStringAsync();
        var address = request.RequestUri!.ToString();
        var (to, sent) = how switch
        {
            "signature of another body" =>
                (address, await events.Request(api.Address, body).Content!.ReadAsStringAsync()),
            "another nonce" => (address.Replace("&nonce=", "&nonce=0", StringComparison.Ordinal), text),
            "plain" => (address, body),
            "cut off" => (address, text[..^8]),
            "said twice" => (address + "&nonce=0", text),
            _ => (address, text),
        };
        if (how == "old") api.Clock.Advance(TimeSpan.FromMinutes(6));

        var answer = await api.Http.PostAsync(to, new StringContent(sent, Encoding.UTF8, "application/json"));
        await api.Deliver();

        Assert.Equal((HttpStatusCode.BadRequest, "wechat_push.refused"), (answer.StatusCode, await answer.Code()));
        Assert.Equal(0, await (await alice.Refreshed()).Credits(Occasion.Announcement));
        if (elsewhere is not null) await elsewhere.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_token_there_is_no_such_address()
    {
        await using var silent = await MiniProgramApi.Start(new Dictionary<string, string>
        {
            ["WeChat:PushToken"] = "",
            ["WeChat:PushAesKey"] = "",
        });

        Assert.Equal("wechat_push.off", await (await silent.Http.GetAsync("/api/wechat/events?echostr=1")).Code());
        Assert.Equal(HttpStatusCode.NotFound, (await silent.Http.PostAsync("/api/wechat/events", null)).StatusCode);
    }

    [Theory]
    [InlineData("""<xml><FromUserName><![CDATA[o1]]></FromUserName><CreateTime>7</CreateTime><Event>e</Event><SubscribeMsgPopupEvent><List><TemplateId>t</TemplateId><SubscribeStatusString>accept</SubscribeStatusString></List></SubscribeMsgPopupEvent></xml>""", 1)]
    [InlineData("""{"FromUserName":"o1","CreateTime":7,"Event":"e","List":{"TemplateId":"t","SubscribeStatusString":"accept"}}""", 1)]
    [InlineData("""{"FromUserName":"o1","CreateTime":"7","Event":"e","List":[{"TemplateId":"t","SubscribeStatusString":"accept"},{"TemplateId":"u"}]}""", 2)]
    [InlineData("""<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><FromUserName>&e;</FromUserName><CreateTime>7</CreateTime></xml>""", null)]
    [InlineData("""{"FromUserName":"o1","CreateTime":"soon","Event":"e"}""", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    public void Both_forms_are_read_and_nothing_else(string body, int? templates)
    {
        var push = PushReader.Event(Encoding.UTF8.GetBytes(body));

        Assert.Equal(templates, push?.Templates.Count);
        if (push is not null) Assert.Equal(("o1", new PushedTemplate("t", "accept")), (push.OpenId, push.Templates[0]));
    }

    private async Task Push(string body) =>
        Assert.Equal(HttpStatusCode.OK, await api.Sandbox.Events.Push(api.Address, body, CancellationToken.None));

    private SandboxServer Sandbox(string appId, string aesKey) => new(
        new SandboxOptions(appId, MiniProgramApi.AppSecret, 0, Push: new SandboxPush(MiniProgramApi.PushToken, aesKey)), api.Clock);

    private static WeChatPushes Pushes(string key, long now, string before = "")
    {
        var clock = new HandClock();
        clock.MoveTo(DateTimeOffset.FromUnixTimeSeconds(now));
        return new(
            new() { AppId = OfficialAppId, PushToken = "AAAAA", PushAesKey = key, PreviousPushAesKey = before }, clock);
    }

    private static string Sign(params string[] parts)
    {
        var sorted = parts.Append(MiniProgramApi.PushToken).Order(StringComparer.Ordinal);
#pragma warning disable CA5350 // WeChat signs by SHA-1 and by nothing else
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(sorted))));
#pragma warning restore CA5350
    }
}
