using Microsoft.Extensions.DependencyInjection;
using Pond.Kernel;
using Pond.LocalHost.WeChatSandbox;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Tests.Members;
using Pond.Touches;

namespace Pond.Tests.Touches;

/// <summary>A member is told what they have agreed to, once, when it is worth telling.</summary>
public sealed class SendingMessages : IAsyncLifetime
{
    private const string SendPath = "/cgi-bin/message/subscribe/send";

    private MiniProgramApi api = null!;

    private IReadOnlyList<SandboxMessage> Sent => api.Sandbox.Subscriptions.Messages;

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start(change: services => services.AddSingleton<ITouchSubject, Lapsing>());
        foreach (var occasion in new[] { Occasion.Announcement, Occasion.GroupDone, Lapsing.Of })
            await api.SetMessageTemplate(occasion);
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact, Rule("TCH-05"), Rule("TCH-01")]
    public async Task What_is_planned_is_sent_and_costs_a_yes()
    {
        var phone = await api.Subscriber("alice", Occasion.Announcement);
        await api.PlanTouch(phone, Occasion.Announcement, "tea");
        await api.LetTouchesGo();

        var message = Sent.Single();
        Assert.Equal(
            (TouchSteps.OpenIdOf("alice"), TouchSteps.TemplateOf(Occasion.Announcement), "pages/index"),
            (message.OpenId, message.TemplateId, message.Page));
        Assert.Equal(("新茶上市", "点击查看"), (message.Data["thing1"], message.Data["thing2"]));
        Assert.Equal("sent", (await api.Touches(phone))["tea"]);
        Assert.Equal(0, await phone.Credits(Occasion.Announcement));
    }

    [Fact, Rule("TCH-05")]
    public async Task Plans_that_come_three_times_and_out_of_order_are_sent_once()
    {
        var phone = await api.Subscriber("alice", Occasion.Announcement, Occasion.Announcement);
        var plan = TouchMessages.Planned(
            TouchSteps.Touch(phone.MemberId, Occasion.Announcement, "tea", api.Clock.GetUtcNow()));
        await api.Leave(plan);
        await api.Leave(plan); // another cause of the same
        var plans = await api.DeliverThrice(seed: 5);
        await api.LetTouchesGo();
        await api.DeliverAsIfNeverRemoved(plans, seed: 7);
        await api.LetTouchesGo(minutes: 120);

        Assert.Single(Sent);
    }

    [Fact, Rule("TCH-05")]
    public async Task What_is_voided_before_it_was_planned_never_comes()
    {
        var phone = await api.Subscriber("alice", Occasion.Announcement);
        await api.Leave(TouchMessages.Voided(new TouchVoidedV1(
            phone.MemberId, Occasion.Announcement, "tea", api.Clock.GetUtcNow())));
        await api.Deliver();
        await api.PlanTouch(phone, Occasion.Announcement, "tea");
        await api.LetTouchesGo();

        Assert.Empty(Sent);
        Assert.Equal("dropped: voided", (await api.Touches(phone))["tea"]);
    }

    [Fact, Rule("TCH-04")]
    public async Task Nothing_is_begun_after_the_consent_is_taken_back_not_even_what_is_queued()
    {
        var phone = await WithTeaAndGroupQueued();

        await phone.Consent(marketing: false);
        await api.Deliver();

        Assert.Equal(TouchSteps.TemplateOf(Occasion.GroupDone), Sent.Single().TemplateId);
        Assert.Equal("dropped: opted_out", (await api.Touches(phone))["tea"]);
        Assert.Equal(1, await phone.Credits(Occasion.Announcement)); // it was not used
    }

    [Fact, Rule("TCH-04")]
    public async Task Of_what_is_silenced_nothing_is_begun_not_even_what_is_queued_until_it_is_wanted_again()
    {
        var phone = await WithTeaAndGroupQueued();

        Assert.Equal("announcement", await phone.Silence("announcement", "announcement"));
        await api.PlanTouch(phone, Occasion.Announcement, "coffee");
        await api.LetTouchesGo();
        Assert.Equal(TouchSteps.TemplateOf(Occasion.GroupDone), Sent.Single().TemplateId);
        Assert.Equal("dropped: silenced", (await api.Touches(phone))["tea"]);
        Assert.Equal("dropped: silenced", (await api.Touches(phone))["coffee"]);
        Assert.Equal(1, await phone.Credits(Occasion.Announcement)); // it was not used

        Assert.Empty(await phone.Silence());
        await api.PlanTouch(phone, Occasion.Announcement, "cake");
        await api.LetTouchesGo(minutes: 60);
        Assert.Equal("sent", (await api.Touches(phone))["cake"]);
    }

    [Fact, Rule("TCH-04")]
    public async Task What_belongs_to_something_bought_cannot_be_silenced()
    {
        var phone = await api.Subscriber("alice", Occasion.Announcement);
        var answer = await phone.Put(
            TouchSteps.SilencedPath, new { occasions = new[] { "announcement", "orderUnpaid" } });
        Assert.Equal("touch.not_to_silence", await answer.Code());
        Assert.Empty((await (await phone.Get(TouchSteps.SubscriptionsPath)).Json()).GetProperty("silenced").EnumerateArray());
    }

    [Fact, Rule("TCH-04")]
    public async Task Who_merges_two_accounts_hears_nothing_of_what_either_has_silenced()
    {
        var (older, younger) = await api.LogInTwice("alice", "alice's tablet", "13800138000");
        await older.Silence("birthday");
        await younger.Silence("announcement", "birthday");
        (await younger.Merge("alice's tablet")).EnsureSuccessStatusCode();
        await api.Deliver();

        var silenced = (await (await older.Get(TouchSteps.SubscriptionsPath)).Json()).GetProperty("silenced");
        Assert.Equal("birthday, announcement", string.Join(", ", silenced.EnumerateArray()));
    }

    [Fact, Rule("TCH-04")]
    public async Task Who_never_agreed_or_is_frozen_and_what_has_lapsed_is_told_nothing()
    {
        var never = await api.LogIn("bob");
        await never.Subscribe("bob", Occasion.Announcement);
        await api.PlanTouch(never, Occasion.Announcement, "a");
        var frozen = await api.Subscriber("carol", Occasion.GroupDone);
        await api.PlanTouch(frozen, Occasion.GroupDone, "b");
        await api.SetStatus(frozen.MemberId, "frozen");
        var phone = await api.Subscriber("alice", Lapsing.Of);
        await api.PlanTouch(phone, Lapsing.Of, "c");
        await api.LetTouchesGo();

        Assert.Empty(Sent);
        Assert.Equal("dropped: opted_out", (await api.Touches(never))["a"]);
        Assert.Equal("dropped: member_frozen", (await api.Touches(frozen))["b"]);
        Assert.Equal("dropped: lapsed", (await api.Touches(phone))["c"]);
    }

    [Fact, Rule("TCH-05")]
    public async Task When_WeChat_s_answer_is_lost_nobody_asks_again()
    {
        var phone = await api.Subscriber("alice", Occasion.Announcement, Occasion.Announcement);
        api.Sandbox.Failures.Add(new(SendPath, FailureKind.Lost));
        await api.PlanTouch(phone, Occasion.Announcement, "tea");
        await api.LetTouchesGo();
        for (var hours = 0; hours < 3; hours++) await api.LetTouchesGo(minutes: 60);

        Assert.Single(Sent);
        Assert.Equal("unknown", (await api.Touches(phone))["tea"]);
        Assert.Equal(1, await (await api.LogIn("alice")).Credits(Occasion.Announcement)); // of two: the other may be used up
    }

    [Theory, Rule("TCH-05")]
    [InlineData(false)] // died before it asked
    [InlineData(true)] // and after
    public async Task When_the_process_dies_while_it_asks_nobody_asks_again(bool hasAsked)
    {
        var phone = await api.Subscriber("alice", Occasion.Announcement);
        await api.PlanTouch(phone, Occasion.Announcement, "tea");
        api.Clock.Advance(TimeSpan.FromMinutes(3));
        await api.Fire(nameof(SendTouches));
        var key = Touch.KeyOf(Occasion.Announcement, "tea");
        await api.Services.GetRequiredService<Transactor>().Run(
            TouchRows.Of(phone.MemberId, key),
            new Operation("Dying", "once", Fingerprint: null),
            (desk, now) => SendRules.Begin(desk, key, stands: true, now),
            CancellationToken.None);
        if (hasAsked) api.Sandbox.Subscriptions.Reject(TouchSteps.OpenIdOf("alice"), TouchSteps.TemplateOf(Occasion.Announcement));

        await api.DeliverThrice(seed: 3);

        Assert.Empty(Sent);
        Assert.Equal("unknown", (await api.Touches(phone))["tea"]);
    }

    [Fact, Rule("TCH-05")]
    public async Task A_busy_WeChat_is_asked_again_later_and_not_for_ever()
    {
        var phone = await api.Subscriber("alice", Occasion.GroupDone);
        api.Sandbox.Failures.Add(new(SendPath, FailureKind.ErrCode, ErrCode: -1));
        await api.PlanTouch(phone, Occasion.GroupDone, "group");
        await api.LetTouchesGo();
        Assert.Equal(("planned", 1L), ((await api.Touches(phone))["group"], await phone.Credits(Occasion.GroupDone)));
        await api.LetTouchesGo(minutes: 10);
        Assert.Equal("sent", (await api.Touches(phone))["group"]);

        api.Sandbox.Failures.Add(new(SendPath, FailureKind.ErrCode, Times: 100, ErrCode: 45009));
        await phone.Subscribe("alice", Occasion.GroupDone);
        await api.PlanTouch(phone, Occasion.GroupDone, "other");
        for (var tries = 0; tries < SendRules.TriesMax; tries++) await api.LetTouchesGo(minutes: 90);
        Assert.Equal("failed: 45009", (await api.Touches(phone))["other"]);
    }

    [Theory, Rule("TCH-01")]
    [InlineData(40037, 1)]
    [InlineData(47003, 1)]
    [InlineData(43101, 0)] // WeChat knows better than we do
    public async Task What_WeChat_refuses_for_good_fails(int errCode, int left)
    {
        var phone = await api.Subscriber("alice", Occasion.Announcement, Occasion.Announcement);
        api.Sandbox.Failures.Add(new(SendPath, FailureKind.ErrCode, ErrCode: errCode));
        await api.PlanTouch(phone, Occasion.Announcement, "tea");
        await api.LetTouchesGo();

        Assert.Equal($"failed: {errCode}", (await api.Touches(phone))["tea"]);
        Assert.Equal(left, await phone.Credits(Occasion.Announcement));
        Assert.Empty(Sent);
    }

    [Fact, Rule("TCH-02")]
    public async Task At_night_what_advertises_waits_for_the_morning_and_the_rest_does_not()
    {
        api.Clock.MoveTo(HandClock.Start.AddHours(10.5)); // half past ten in the evening
        var phone = await api.Subscriber("alice", Occasion.Announcement, Occasion.GroupDone);
        await api.PlanTouch(phone, Occasion.Announcement, "tea");
        await api.PlanTouch(phone, Occasion.Announcement, "tonight", validHours: 3);
        await api.PlanTouch(phone, Occasion.GroupDone, "group", validHours: 1);
        await api.LetTouchesGo();
        Assert.Equal(TouchSteps.TemplateOf(Occasion.GroupDone), Sent.Single().TemplateId);
        Assert.Equal("dropped: quiet_hours", (await api.Touches(phone))["tonight"]);

        await api.LetTouchesGo(minutes: 9.6 * 60);
        Assert.Equal(2, Sent.Count);
        Assert.Equal("sent", (await api.Touches(phone))["tea"]);
    }

    [Fact, Rule("TCH-03"), Rule("TCH-02")]
    public async Task The_report_adds_up_and_says_why()
    {
        var phone = await api.Subscriber("alice", Occasion.Announcement);
        await api.PlanTouch(phone, Occasion.Announcement, "one", validHours: 300);
        await api.PlanTouch(phone, Occasion.Announcement, "two");
        await api.PlanTouch(phone, Occasion.GroupDone, "group");
        await api.LetTouchesGo();
        var day = $"{ChinaDay.Of(HandClock.Start).Date:yyyy-MM-dd}";
        var report = await (await api.Operator().Get($"/api/operator/touches/{day}")).EnsureSuccessStatusCode().Json();

        var occasions = report.GetProperty("occasions").EnumerateArray().ToDictionary(item => item.Text("occasion"));
        Assert.Equal(2, occasions["announcement"].Whole("planned"));
        Assert.Equal(1, occasions["announcement"].Whole("sent"));
        Assert.Equal(0, occasions["announcement"].Whole("waiting"));
        foreach (var occasion in occasions.Values)
        {
            var why = occasion.GetProperty("suppressed").EnumerateArray().Single();
            Assert.Equal(("no_credit", 1), (why.Text("reason"), why.Whole("count")));
        }

        Assert.Equal("touch.no_such_day", await (await api.Operator().Get("/api/operator/touches/today")).Code());
    }

    [Fact, Rule("TCH-01")]
    public async Task Who_has_not_seen_the_newest_template_changes_nothing()
    {
        var path = $"/api/operator/message-templates/{Occasion.Birthday}";
        await api.SetMessageTemplate(Occasion.Birthday);
        await api.SetMessageTemplate(Occasion.Birthday); // the same once more
        var fields = new[] { new { name = "thing1", shows = "title" } };
        var stale = await api.Operator().Put(path, new { version = 0, templateId = "other", fields, reason = "测试" });
        var bad = await api.Operator().Put(
            path, new { version = 1, templateId = "x", fields = new[] { new { name = "thing1", shows = "price" } }, reason = "测试" });

        Assert.Equal("touch.template_stale", await stale.Code());
        Assert.Equal("request.invalid", await bad.Code());
        Assert.Equal(1, (await (await api.Operator().Get(path)).Json()).Whole("version"));
    }

    private async Task<Phone> WithTeaAndGroupQueued()
    {
        var phone = await api.Subscriber("alice", Occasion.Announcement, Occasion.GroupDone);
        await api.PlanTouch(phone, Occasion.Announcement, "tea");
        await api.PlanTouch(phone, Occasion.GroupDone, "group");
        api.Clock.Advance(TimeSpan.FromMinutes(3));
        await api.Fire(nameof(SendTouches));
        Assert.Equal("reserved", (await api.Touches(phone))["tea"]);
        return phone;
    }

    /// <summary>Bargains that nobody waits for any more.</summary>
    private sealed class Lapsing : ITouchSubject
    {
        public const Occasion Of = Occasion.BargainEnding;

        public Occasion Occasion => Of;

        public Task<bool> Stands(string memberId, string occasionId, CancellationToken cancel) => Task.FromResult(false);
    }
}
