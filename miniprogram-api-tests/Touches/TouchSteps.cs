using Microsoft.Extensions.DependencyInjection;
using Pond.Kernel;
using Pond.LocalHost.WeChatSandbox;
using Pond.Platform;
using Pond.Touches;

namespace Pond.Tests.Touches;

/// <summary>What tests of messages do over and over.</summary>
internal static class TouchSteps
{
    public const string SubscriptionsPath = "/api/me/subscriptions";

    public const string SilencedPath = "/api/me/silenced-occasions";

    private static int plans;

    public static string TemplateOf(Occasion occasion) => $"tmpl-{occasion}";

    /// <summary>A template that shows a title, and a time where there is one.</summary>
    public static async Task SetMessageTemplate(
        this MiniProgramApi api, Occasion occasion, string? templateId = null, int version = 0)
    {
        var answer = await api.Operator().Put($"/api/operator/message-templates/{occasion}", new
        {
            version,
            templateId = templateId ?? TemplateOf(occasion),
            fields = new object[]
            {
                new { name = "thing1", shows = TouchValues.Title },
                new { name = "thing2", shows = TouchValues.Remark, text = "点击查看" },
            },
            reason = "测试",
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static async Task Consent(this Phone phone, bool marketing)
    {
        var body = new { policyVersion = "1", marketing, personalization = false };
        (await phone.Put("/api/me/consents", body)).EnsureSuccessStatusCode();
    }

    /// <summary>Wants to hear nothing of these and everything else; what the app says is silenced then.</summary>
    public static async Task<string> Silence(this Phone phone, params string[] occasions)
    {
        var answer = await phone.Put(SilencedPath, new { occasions });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return string.Join(", ", (await answer.Json()).GetProperty("silenced").EnumerateArray());
    }

    public static string OpenIdOf(string shopper) => Shoppers.OpenIdOf(MiniProgramApi.AppId, shopper);

    /// <summary>The shopper taps "yes" so many times, and the phone tells the app.</summary>
    public static async Task Subscribe(this Phone phone, string shopper, Occasion occasion, int times = 1)
    {
        for (var time = 0; time < times; time++)
        {
            phone.Api.Sandbox.Subscriptions.Accept(OpenIdOf(shopper), TemplateOf(occasion));
            (await phone.Tell(TemplateOf(occasion), "accept")).EnsureSuccessStatusCode();
        }
    }

    public static Task<HttpResponseMessage> Tell(this Phone phone, string templateId, string result) =>
        phone.Post(SubscriptionsPath, new { results = new[] { new { templateId, result } } });

    /// <summary>A shopper who wants to be told of everything, with one "yes" for each of these.</summary>
    public static async Task<Phone> Subscriber(this MiniProgramApi api, string shopper, params Occasion[] occasions)
    {
        var phone = await api.LogIn(shopper);
        await phone.Consent(marketing: true);
        foreach (var occasion in occasions) await phone.Subscribe(shopper, occasion);
        return phone;
    }

    public static async Task<long> Credits(this Phone phone, Occasion occasion) =>
        (await (await phone.Get(SubscriptionsPath)).EnsureSuccessStatusCode().Json()).Items()
        .Single(item => item.Text("templateId") == TemplateOf(occasion)).Whole("credits");

    public static TouchPlannedV1 Touch(
        string memberId, Occasion occasion, string occasionId, DateTimeOffset from, double validHours = 48) => new(
        memberId, occasion, occasionId, new Dictionary<string, string> { [TouchValues.Title] = "新茶上市" },
        "pages/index", null, from, from.AddHours(validHours), from);

    /// <summary>Another slice plans a touch, and this one hears of it.</summary>
    public static async Task PlanTouch(
        this MiniProgramApi api, Phone phone, Occasion occasion, string occasionId, double validHours = 48)
    {
        await api.Leave(TouchMessages.Planned(
            Touch(phone.MemberId, occasion, occasionId, api.Clock.GetUtcNow(), validHours)));
        await api.Deliver();
    }

    /// <summary>A message of another slice's, as its outbox would have it.</summary>
    public static Task Leave(this MiniProgramApi api, Message message) =>
        api.Services.GetRequiredService<Transactor>().Run(
            new Layout<Planner, Planner>(
                $"planner:{Interlocked.Increment(ref plans)}",
                "planner",
                Loads: [],
                Read: rows => rows.Find<Planner>("planner") ?? new Planner(0),
                Write: planner => [new StateRow("planner", planner)],
                Evolve: (_, after) => after,
                Announce: _ => [message]),
            new Operation(nameof(Leave), "once", Fingerprint: null),
            (_, _) => (Decision<Planner>)new Planner(1),
            CancellationToken.None);

    /// <summary>Some minutes go by, the timer looks, and what has its turn is sent.</summary>
    public static async Task LetTouchesGo(this MiniProgramApi api, double minutes = 3)
    {
        api.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await api.Fire(nameof(SendTouches));
        await api.Deliver();
    }

    /// <summary>What each touch of the member has come to, by its id.</summary>
    public static async Task<Dictionary<string, string>> Touches(this MiniProgramApi api, Phone phone)
    {
        var answer = await api.Operator().Get($"/api/operator/members/{phone.MemberId}/touches?limit=100");
        return (await answer.EnsureSuccessStatusCode().Json()).Items().ToDictionary(
            item => item.Text("occasionId"),
            item => item.TryGetProperty("reason", out var reason) && reason.GetString() is { } why
                ? $"{item.Text("state")}: {why}"
                : item.Text("state"));
    }

    private sealed record Planner(int Plans);
}
