using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pond.Health;
using Pond.Platform.Sqlite;

namespace Pond.Tests.Storage;

/// <summary>The whole app on an embedded store that has no room left.</summary>
public sealed class FillingTheDisk
{
    private const string Key = "one-check-in-on-a-full-disk";
    private const int PagesOfRoom = 10_000;

    [Fact]
    public async Task On_a_full_disk_nothing_new_is_acknowledged_reads_go_on_and_room_heals_without_a_restart()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogIn("alice");
        (await alice.Put("/api/me", new { nickname = "小红" })).EnsureSuccessStatusCode();
        var database = api.Services.GetRequiredService<SqliteDatabase>();
        await FillUp(database);

        var refused = await alice.Post("/api/me/check-ins", key: Key);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(await refused.Code());
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("小红", (await (await alice.Get("/api/me")).Json()).Text("nickname"));
        Assert.False(await IsReady(api));

        await Limit(database, PagesOfRoom);
        Assert.True(await IsReady(api));
        Assert.Equal(HttpStatusCode.Created, (await alice.Post("/api/me/check-ins", key: Key)).StatusCode);
        Assert.Equal(5, (await (await alice.Get("/api/me/points")).Json()).Whole("spendablePoints"));
    }

    // What is free inside the file's pages is used up by rows that grow smaller, until not even a short one fits.
    private static async Task FillUp(SqliteDatabase database)
    {
        await Limit(database, 1); // SQLite takes the present size for the least
        for (var (length, number) = (40_000, 0); length > 0; number++)
        {
            try
            {
                await database.Write(session => Change.Keep(session.Execute(
                    "INSERT INTO stored_row (partition, key, etag, data) VALUES ('filler', $key, 0, $data)",
                    ("$key", $"{number:D6}"), ("$data", new string('x', length)))), CancellationToken.None);
            }
            catch (Microsoft.Data.Sqlite.SqliteException)
            {
                length /= 2;
            }
        }
    }

    private static Task<object?> Limit(SqliteDatabase database, int pages) => database.Write(
        session => Change.Keep(session.Scalar($"PRAGMA max_page_count = {pages}")), CancellationToken.None);

    private static async Task<bool> IsReady(MiniProgramApi api)
    {
        api.Clock.Advance(Readiness.Lifetime);
        return (await api.Http.GetAsync("/api/health/ready")).StatusCode == HttpStatusCode.NoContent;
    }
}
