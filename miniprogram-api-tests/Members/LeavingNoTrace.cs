using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pond.LocalHost.WeChatSandbox;
using Pond.Members;
using Pond.Platform.Queues;
using Pond.Platform.Sqlite;
using Pond.Tests.FaultInjection;
using Pond.Tests.OpenApi;
using Pond.Tests.Points;
using Pond.Tests.Processes;
using Pond.Tests.StoreCopy;
using Pond.Tests.WeChat;

namespace Pond.Tests.Members;

/// <summary>What an erasure leaves: in no form and in no place anything of the person.</summary>
[Rule("AUTH-06")]
public sealed class LeavingNoTrace
{
    private static readonly string[] Told = ["金翅雀FINCH", "1986-05-04", "13955554444", "13955553333", "uGoldfinchUnion01"];

    private const int EachNth = 4;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Nothing_stored_queued_poisoned_logged_or_exported_tells_of_who_has_left(bool isMerged)
    {
        using var log = new CapturedLog();
        await using var api = await MiniProgramApi.Start(change: services => services.AddLogging(
            logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        var phone = await LogIn(api, "goldfinch");
        if (isMerged) await Merge(api, "goldfinch", "greenfinch");
        await api.Operator().Get($"/api/operator/members/{phone.MemberId}");
        await api.SetStatus(phone.MemberId, "frozen");
        await api.SetStatus(phone.MemberId, "active");
        await api.Deliver();

        (await phone.Delete("/api/me")).EnsureSuccessStatusCode();
        await Poison(api);
        var queued = StoredRow.Messages(api);
        await api.Deliver();

        Assert.Contains(queued, row => row.Partition.EndsWith(MessageQueues.PoisonSuffix, StringComparison.Ordinal));
        using var bench = new CopyBench();
        var export = await bench.Copy(new SqliteWholeStore(api.Services.GetRequiredService<SqliteDatabase>()));
        AssertSilent(
            [.. Places(StoredRow.All(api).Concat(queued)), .. log.Lines, Encoding.UTF8.GetString(export)],
            "goldfinch", "greenfinch");
        Assert.DoesNotContain(StoredRow.All(api), row => row.Partition.StartsWith("i:", StringComparison.Ordinal));
        Books.AssertBalanced(StoredRow.All(api));
    }

    // Each way has calls of its own: together they try all.
    [Theory]
    [InlineData(FaultWay.FailsBefore)]
    [InlineData(FaultWay.FailsAfter)]
    [InlineData(FaultWay.CrashesBefore)]
    [InlineData(FaultWay.CrashesAfter)]
    public async Task An_erasure_that_is_cut_off_anywhere_leaves_nothing_in_the_end(FaultWay way)
    {
        await using var app = await FaultyApp.Start();
        var (calls, gone) = (int.MaxValue, new List<string>());
        for (var number = 0; number <= calls; number += number == 0 ? 1 + ((int)way % EachNth) : EachNth)
        {
            var shopper = $"finch-{way}-{number}";
            gone.AddRange([shopper, $"young-{shopper}"]);
            var phone = await LogIn(app.Api, shopper);
            await Merge(app.Api, shopper, $"young-{shopper}");
            await app.Settle();
            phone = await app.Api.LogIn(shopper);
            (await phone.Delete("/api/me")).EnsureSuccessStatusCode();

            if (number == 0) app.Faults.Count();
            else app.Faults.Arm(number, way);
            await app.Deliver();
            if (number == 0) calls = app.Faults.Disarm().Count;
            await app.Settle();
        }

        AssertSilent(Places(StoredRow.All(app.Api)), [.. gone]);
        Assert.DoesNotContain(StoredRow.All(app.Api), row => row.Partition.StartsWith("i:", StringComparison.Ordinal));
        Assert.InRange(calls, 5, 300);
        Books.AssertBalanced(StoredRow.All(app.Api));
    }

    private static async Task<Phone> LogIn(MiniProgramApi api, string shopper)
    {
        api.Sandbox.Shoppers.Bind(shopper, "uGoldfinchUnion01");
        var phone = await api.LogIn(shopper);
        await phone.Put("/api/me", new { nickname = Told[0], birthday = Told[1] });
        (await phone.BindPhone(shopper, Told[2])).EnsureSuccessStatusCode();
        await api.Give(phone, 40);
        await KeepAddress(phone);
        return phone;
    }

    private static async Task KeepAddress(Phone phone)
    {
        var body = RequestExamples.Of(nameof(AddAddress));
        (body["userName"], body["telNumber"], body["detailInfo"]) = (Told[0], Told[2], $"{Told[0]}巷");
        var address = await (await phone.Post("/api/me/addresses", body)).Json();
        Assert.Null(await phone.Api.Services.GetRequiredService<Deliveries>().Keep(
            phone.MemberId, $"order-{phone.MemberId}", address.Text("addressId"), Told[0], CancellationToken.None));
    }

    // The younger's own number comes along, so both have to be freed.
    private static async Task Merge(MiniProgramApi api, string older, string younger)
    {
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await api.LogIn(younger);
        (await second.BindPhone(younger, Told[3])).EnsureSuccessStatusCode();
        await api.Give(second, 30);
        await KeepAddress(second);
        api.Sandbox.Shoppers.GivePhone(younger, Told[2]);
        (await second.Merge(younger)).EnsureSuccessStatusCode();
        await api.Deliver();
        Assert.Equal(await MemberIdOf(api, older), await MemberIdOf(api, younger));
    }

    private static async Task<string> MemberIdOf(MiniProgramApi api, string shopper) =>
        (await api.LogIn(shopper)).MemberId;

    private static async Task Poison(MiniProgramApi api)
    {
        var queues = api.Services.GetRequiredService<MessageQueues>();
        var erasure = StoredRow.Messages(api).First(row => row.Partition == MemberMessages.ErasureQueue);
        await queues.Send(
            erasure.Partition + MessageQueues.PoisonSuffix, erasure.Data, TimeSpan.Zero, CancellationToken.None);
    }

    private static List<string> Places(IEnumerable<StoredRow> rows) =>
        [.. rows.Select(row => $"{row.Partition} {row.Key} {row.Data}")];

    private static void AssertSilent(IReadOnlyList<string> places, params string[] shoppers)
    {
        Assert.NotEmpty(places);
        var secrets = Told.Concat(shoppers.Select(name => Shoppers.OpenIdOf(MiniProgramApi.AppId, name)));
        foreach (var form in secrets.SelectMany(Forms))
            Assert.DoesNotContain(places, place => place.Contains(form, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>As it is, in hex, and in base64 wherever it may begin.</summary>
    private static IEnumerable<string> Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return secret;
        yield return Convert.ToHexString(bytes);
        for (var shift = 0; shift < 3; shift++)
        {
            var text = Convert.ToBase64String([.. new byte[shift], .. bytes]);
            yield return text[(shift == 0 ? 0 : 4)..^4].TrimEnd('=');
        }
    }
}
