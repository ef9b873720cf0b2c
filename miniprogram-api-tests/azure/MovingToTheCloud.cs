using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pond.Platform;
using Pond.Platform.Azure;
using Pond.Platform.Outbox;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Platform.StoreCopy;
using Pond.Tests.Coupons;
using Pond.Tests.Members;
using Pond.Tests.Points;
using Pond.Tests.Storage;
using Pond.Tests.StoreCopy;

namespace Pond.Tests.Azure;

/// <summary>A trial on one machine goes on in the cloud, and comes back.</summary>
public sealed class MovingToTheCloud : IDisposable
{
    private readonly CopyBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_shopper_goes_on_in_the_cloud_and_back_on_one_machine_as_if_nothing_had_happened()
    {
        var (phone, waiting) = await BeginOnOneMachine();
        var connection = (await Azurite.Shared).NewAccount();
        var cloud = await ImportIntoAzure(connection, bench.File("trial.jsonl"));
        Assert.True((await bench.Copy(cloud)).AsSpan().SequenceEqual(Bytes("trial.jsonl")));

        await using (var api = await MiniProgramApi.Start(new Dictionary<string, string> { ["PondStorage"] = connection }))
        {
            api.Clock.Advance(DueHints.Ripening);
            var alice = await api.LogIn("alice");
            Assert.Equal(phone.MemberId, alice.MemberId);
            alice = phone with { Api = api }; // who was logged in need not log in again
            Assert.Equal("小池", (await (await alice.Get("/api/me")).Json()).Text("nickname"));
            Assert.Equal(105, await alice.SpendablePoints());
            Assert.Single(await Wallet(alice));

            await api.Fire(nameof(SweepOutbox));
            await api.Deliver();
            Assert.Contains(waiting, (await Wallet(alice)).Select(coupon => coupon.Text("couponId")));
            Assert.Equal(2, (await Wallet(alice)).Length);

            api.Clock.Advance(TimeSpan.FromDays(1));
            alice = await alice.Refreshed();
            Assert.Equal(HttpStatusCode.Created, (await alice.Post("/api/me/check-ins")).StatusCode);
            Assert.Equal(110, await alice.SpendablePoints());
        }

        await CopyBench.Export(cloud, bench.File("cloud.jsonl"));
        await using var file = new SqliteFile();
        var database = file.Open();
        var back = new SqliteWholeStore(database);
        await CopyBench.Import(back, new SqlitePartitionStore(database), bench.File("cloud.jsonl"));
        Assert.True((await bench.Copy(back)).AsSpan().SequenceEqual(Bytes("cloud.jsonl")));
        Assert.False(Bytes("cloud.jsonl").AsSpan().SequenceEqual(Bytes("trial.jsonl")));
    }

    [Fact]
    public async Task The_command_itself_moves_a_store_into_an_account_where_nothing_was_made_before()
    {
        var settings = new Dictionary<string, string> { ["PondStorage"] = (await Azurite.Shared).NewAccount() };
        await CopyBench.Export(new MemoryWholeStore(await CopyBench.SmallStore()), bench.File());

        var import = await CopyProcess.Run(bench.File(""), ["import", bench.File()], settings);
        var export = await CopyProcess.Run(bench.File(""), ["export", bench.File("back.jsonl")], settings);

        Assert.All([import, export], run => Assert.Equal((0, ""), (run.ExitCode, run.Error)));
        Assert.True(Bytes("back.jsonl").AsSpan().SequenceEqual(Bytes("copy.jsonl")));
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_told_in_one_line_without_its_key()
    {
        await CopyBench.Export(new MemoryWholeStore(new MemoryPartitionStore()), bench.File());
        var elsewhere = (await Azurite.Shared).NewAccount()
            .Replace((await Azurite.Shared).Tables.Port.ToString(), "1", StringComparison.Ordinal);
        var settings = new Dictionary<string, string> { ["PondStorage"] = elsewhere };

        var import = await CopyProcess.Run(bench.File(""), ["import", bench.File()], settings);
        var export = await CopyProcess.Run(bench.File(""), ["export", bench.File("new.jsonl")], settings);

        import.AssertRefused("The table did not answer.");
        export.AssertRefused("The table did not answer.");
        Assert.DoesNotContain(Azurite.Key, import.Error + import.Output, StringComparison.Ordinal);
    }

    /// <summary>Alice has points and two coupons, one of which has not reached her wallet yet.</summary>
    private async Task<(Phone Alice, string WaitingCouponId)> BeginOnOneMachine()
    {
        await using var api = await MiniProgramApi.Start();
        var (first, second) = (await api.PublishTemplate(), await api.PublishTemplate());
        await api.Deliver();
        var alice = await api.LogIn("alice");
        (await alice.Put("/api/me", new { nickname = "小池" })).EnsureSuccessStatusCode();
        (await alice.Post("/api/me/check-ins")).EnsureSuccessStatusCode();
        await api.Give(alice, 100);
        (await alice.Post(CouponSteps.ClaimsOf(first))).EnsureSuccessStatusCode();
        await api.Deliver();
        var waiting = await (await alice.Post(CouponSteps.ClaimsOf(second))).Json();

        Assert.NotEmpty(Redelivery.Waiting(api));
        await CopyBench.Export(api.Services.GetRequiredService<WholeStore>(), bench.File("trial.jsonl"));
        return (alice, waiting.Text("couponId"));
    }

    private static async Task<WholeStore> ImportIntoAzure(string connection, string copy)
    {
        var storage = AzureStorage.Open(new PondStorageOptions { ConnectionString = connection }, StoreUse.Serving);
        var whole = new AzureWholeStore(storage);
        await CopyBench.Import(whole, new AzurePartitionStore(storage), copy);
        return whole;
    }

    private static async Task<System.Text.Json.JsonElement[]> Wallet(Phone phone) =>
        (await (await phone.Get("/api/me/coupons")).Json()).Items();

    private byte[] Bytes(string name) => File.ReadAllBytes(bench.File(name));
}
