using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Queues;
using Pond.Platform.Storage;

namespace Pond.Tests.Http;

/// <summary>
/// Whoever gets hold of a queue's key can send what they like: it has no effect, takes nothing away and stops nobody.
/// </summary>
public sealed class HostileMessages : IAsyncLifetime
{
    private static readonly string[] Ending = [nameof(EndSession), nameof(DeleteMe), nameof(RevokeOperator)];

    /// <summary>Pointers that are changed for each queue.</summary>
    private const int ChangedPointersMax = 4;

    private readonly HostileApp app = new();
    private MessageQueues queues = null!;

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        queues = app.Api.Services.GetRequiredService<MessageQueues>();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Messages_that_the_app_has_not_sent_do_nothing_in_any_queue_and_what_waits_comes_all_the_same()
    {
        await LeaveWork();
        var waiting = Redelivery.Waiting(app.Api);
        Assert.True(waiting.Select(row => Stored.Read<OutboxRow>(row.Data).Queue).Distinct().Count() > 5, "Too little waits.");
        await LoseMessages();
        var (cases, before) = (new HostileCases("Messages"), await app.Rows());

        foreach (var queue in TriggeredQueues.Names)
        {
            string[] rogues = [.. Rogues(queue, waiting)];
            foreach (var rogue in rogues) await queues.Send(queue, rogue, TimeSpan.Zero, CancellationToken.None);
            await app.Api.Deliver();
            cases.Check($"{queue} keeps or poisons one", StoredRow.Messages(app.Api).Count == 0);
            cases.Check($"one of {queue} has an effect", await app.Rows() == before);
            foreach (var rogue in rogues) cases.Check(rogue, holds: true);
        }

        cases.Done();
        await DeliverLate();
        Assert.Empty(Redelivery.Waiting(app.Api));
        Assert.Empty(StoredRow.Messages(app.Api));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"v2\"")]
    [InlineData("{\"version\":2,\"what\":\"nobody knows yet\"}")]
    public async Task A_message_of_a_version_to_come_stays_for_a_person_and_the_others_go_on(string body)
    {
        await app.Api.Deliver();
        var now = app.Api.Clock.GetUtcNow();
        foreach (var queue in TriggeredQueues.Names)
        {
            var row = new OutboxRow(
                Keys.Hash(queue, body), queue, System.Text.Json.JsonSerializer.SerializeToElement(
                    System.Text.Json.Nodes.JsonNode.Parse(body)), Trace: null, now, Attempts: 0, now);
            await app.Api.Store.Commit(
                "t:rogue", [new Write.Insert(row.Key, Stored.Write(row))], CancellationToken.None);
            await queues.Send(queue, new OutboxPointer("t:rogue", row.Id).ToString(), TimeSpan.Zero, CancellationToken.None);
        }

        var before = await app.Rows();
        await app.Api.Deliver();

        Assert.Equal(before, await app.Rows());
        (await app.Alice.Put("/api/me", new { nickname = "还在" })).EnsureSuccessStatusCode();
        (await app.Owner.Put(
            $"/api/operator/members/{app.Bob.MemberId}/status", new { status = "frozen", reason = "异常" })).EnsureSuccessStatusCode();
        await app.Api.Deliver();
        Assert.NotEmpty(await app.Api.AuditOf(app.Bob.MemberId));
    }

    // Whatever every operation leaves in an outbox.
    private async Task LeaveWork()
    {
        foreach (var operation in app.Operations.Where(each => each.Method != HttpMethod.Get && !Ending.Contains(each.Id)))
        {
            using var request = app.Request(operation);
            if (operation.Fields.Count > 0)
            {
                request.Content = new StringContent(
                    app.BodyOf(operation).ToJsonString(), new MediaTypeHeaderValue("application/json"));
            }

            await app.Send(request);
        }
    }

    private async Task LoseMessages()
    {
        foreach (var queue in TriggeredQueues.Names)
        {
            while (await queues.Receive(queue, 32, TimeSpan.FromMinutes(1), CancellationToken.None) is { Count: > 0 } taken)
                foreach (var message in taken) await queues.Delete(message, CancellationToken.None);
        }
    }

    private async Task DeliverLate()
    {
        for (var round = 0; round < 10 && Redelivery.Waiting(app.Api).Count > 0; round++)
        {
            app.Api.Clock.Advance(DueHints.SecondLook);
            await app.Api.Fire(nameof(SweepOutbox));
            await app.Api.Deliver();
        }
    }

    private static IEnumerable<string> Rogues(string queue, IReadOnlyList<StoredRow> waiting)
    {
        foreach (var text in new[]
        {
            "", " ", "/", "//", "a/", "/b", "a", "a/b/c", "null", "{}", "[]", "{\"partition\":\"m:1\",\"id\":\"1\"}",
            "{\"partition\":\"m:1\",\"id\":", "%2f", "m:1%2fx", "m:1\\x", "会员/券", "m:../x", "m:1/' or 1=1 --",
            "m:1/outbox:x", "v2/m:1/x", "op:x/y", "health/health", new string('x', MessageQueues.BodyBytesMax),
            new string('/', MessageQueues.BodyBytesMax), "m:1/" + new string('0', 480), new string('m', 513) + "/1",
            "😀/😀", "<QueueMessage/>", "m:1/00000000000000000000000000000000",
        }) yield return text;

        StoredRow[] firsts = [.. waiting.DistinctBy(each => Stored.Read<OutboxRow>(each.Data).Queue)];
        foreach (var (row, index) in firsts.Select((row, index) => (row, index)))
        {
            var outbox = Stored.Read<OutboxRow>(row.Data);
            var pointer = new OutboxPointer(row.Partition, outbox.Id).ToString();
            if (outbox.Queue != queue) yield return pointer; // genuine, and somebody else's
            if (index >= ChangedPointersMax) continue;
            yield return $"m:wrong/{outbox.Id}";
            yield return $"{row.Partition}/{outbox.Id[..^1]}";
            yield return $"{row.Partition}/{outbox.Id.ToUpperInvariant()}x";
            yield return $"{pointer}/1";
            yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(pointer));
            yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(pointer))[..^5];
            yield return row.Data.Length < MessageQueues.BodyBytesMax / 3 ? row.Data : "";
        }
    }
}
