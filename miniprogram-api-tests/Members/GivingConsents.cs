using System.Net;
using System.Text.Json;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Tests.Members;

[Rule("AUTH-06")]
public sealed class GivingConsents(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task A_consent_is_shown_with_its_version_and_time()
    {
        var phone = await shared.Newcomer();
        Assert.False(Shown(await (await phone.Get("/api/me")).Json()).HasValue);

        var answer = await Put(phone, "2026-03", marketing: true, personalization: false);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var shown = Shown(await (await phone.Get("/api/me")).Json())!.Value;
        Assert.Equal("2026-03", shown.Text("policyVersion"));
        Assert.True(shown.GetProperty("marketing").GetBoolean());
        Assert.False(shown.GetProperty("personalization").GetBoolean());
        Assert.Equal(api.Clock.GetUtcNow(), shown.GetProperty("at").GetDateTimeOffset());
    }

    [Fact]
    public async Task Every_change_stays_in_the_history_and_a_repeat_adds_nothing()
    {
        var phone = await shared.Newcomer();
        await Put(phone, "v1", marketing: true, personalization: true);
        await Put(phone, "v1", marketing: true, personalization: true);
        await Put(phone, "v1", marketing: false, personalization: true);
        await Put(phone, "v2", marketing: false, personalization: true);

        var rows = await api.Store.ReadUnder(
            MemberRows.Partition(phone.MemberId), ConsentRows.Prefix, rowsMax: 10, CancellationToken.None);

        Assert.Equal(
            [(3, "v2", false), (2, "v1", false), (1, "v1", true)],
            rows.Select(row => Stored.Read<Consents>(row.Data))
                .Select(consents => (consents.Number, consents.PolicyVersion, consents.Marketing)));
    }

    [Fact]
    public async Task A_withdrawal_holds_from_its_answer_on_also_for_a_frozen_member()
    {
        var phone = await shared.Newcomer();
        await Put(phone, "v1", marketing: true, personalization: true);
        await api.SetStatus(phone.MemberId, "frozen");

        await Put(phone, "v1", marketing: false, personalization: false);

        var member = await api.Store.Find<Member>(
            MemberRows.Partition(phone.MemberId), MemberRows.Head, CancellationToken.None);
        Assert.Equal((false, false), (member!.Consents!.Marketing, member.Consents.Personalization));
    }

    [Fact]
    public async Task Fifty_changes_at_once_leave_one_history_without_gaps()
    {
        var phone = await shared.Newcomer();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            number => Put(phone, $"v{number}", marketing: number % 2 == 0, personalization: true)));

        var rows = await api.Store.ReadUnder(
            MemberRows.Partition(phone.MemberId), ConsentRows.Prefix, rowsMax: 100, CancellationToken.None);
        var taken = answers.Count(answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(
            Enumerable.Range(1, taken).Reverse(), rows.Select(row => Stored.Read<Consents>(row.Data).Number));
    }

    private static Task<HttpResponseMessage> Put(
        Phone phone, string policyVersion, bool marketing, bool personalization) =>
        phone.Put("/api/me/consents", new { policyVersion, marketing, personalization });

    private static JsonElement? Shown(JsonElement profile) =>
        profile.TryGetProperty("consents", out var consents) && consents.ValueKind is JsonValueKind.Object
            ? consents
            : null;
}
