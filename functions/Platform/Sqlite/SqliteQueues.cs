using System.Globalization;
using Microsoft.Data.Sqlite;
using Pond.Platform.Queues;

namespace Pond.Platform.Sqlite;

/// <summary>The messages of a <see cref="SqliteDatabase"/>, beside its rows.</summary>
public sealed class SqliteQueues(SqliteDatabase database, TimeProvider clock) : MessageQueues
{
    private const string InsertMessage =
        """
        INSERT INTO message (queue, body, visible_at_ticks, inserted_at_ticks)
        VALUES ($queue, $body, $visibleAt, $now)
        """;

    private const string AnyVisible =
        "SELECT EXISTS (SELECT 1 FROM message WHERE queue = $queue AND visible_at_ticks <= $now)";

    private const string FindVisible =
        """
        SELECT id, receipt + 1, body, dequeues + 1, inserted_at_ticks FROM message
        WHERE queue = $queue AND visible_at_ticks <= $now ORDER BY visible_at_ticks, id LIMIT $max
        """;

    private const string PeekVisible =
        """
        SELECT id, body, dequeues, inserted_at_ticks FROM message
        WHERE queue = $queue AND visible_at_ticks <= $now ORDER BY visible_at_ticks, id LIMIT $max
        """;

    private const string TakeMessage =
        """
        UPDATE message SET visible_at_ticks = $visibleAt, receipt = receipt + 1, dequeues = dequeues + 1
        WHERE id = $id
        """;

    // Id and receipt travel as text. The id column turns it back into a number; a receipt is compared as text.
    private const string StillHeld = "id = $id AND queue = $queue AND CAST(receipt AS TEXT) = $receipt";

    private const string HideMessage =
        $"UPDATE message SET visible_at_ticks = $visibleAt, receipt = receipt + 1 WHERE {StillHeld} RETURNING receipt";

    private const string DeleteMessage = $"DELETE FROM message WHERE {StillHeld}";

    private const string CountMessages = "SELECT COUNT(*) FROM message WHERE queue = $queue";

    protected override Task SendCore(string queue, string body, TimeSpan delay, CancellationToken cancel) =>
        Write(session =>
        {
            var now = clock.GetUtcNow();
            return session.Execute(
                InsertMessage,
                ("$queue", queue), ("$body", body), ("$visibleAt", (now + delay).UtcTicks), ("$now", now.UtcTicks));
        }, cancel);

    protected override async Task<IReadOnlyList<QueueMessage>> ReceiveCore(
        string queue, int max, TimeSpan visibility, CancellationToken cancel)
    {
        // Most polls find nothing; a look costs no turn of the writer.
        var now = clock.GetUtcNow();
        var any = await Read(
            session => (long)session.Scalar(AnyVisible, ("$queue", queue), ("$now", now.UtcTicks))!, cancel);
        return any == 0 ? [] : await Write(session => Take(session, queue, max, visibility), cancel);
    }

    protected override async Task<bool> DeleteCore(QueueMessage message, CancellationToken cancel) =>
        await Write(session => session.Execute(
            DeleteMessage,
            ("$id", message.Id), ("$queue", message.Queue), ("$receipt", message.Receipt)), cancel) == 1;

    protected override async Task<QueueMessage?> HideCore(
        QueueMessage message, TimeSpan visibility, CancellationToken cancel)
    {
        var receipt = await Write(session => session.Scalar(
            HideMessage,
            ("$visibleAt", (clock.GetUtcNow() + visibility).UtcTicks),
            ("$id", message.Id), ("$queue", message.Queue), ("$receipt", message.Receipt)), cancel);
        return receipt is long number ? message with { Receipt = Text(number) } : null;
    }

    protected override Task<IReadOnlyList<WaitingMessage>> PeekCore(
        string queue, int max, CancellationToken cancel) => Read<IReadOnlyList<WaitingMessage>>(session =>
        {
            var waiting = new List<WaitingMessage>(max);
            using var found = session.Query(
                PeekVisible, ("$queue", queue), ("$now", clock.GetUtcNow().UtcTicks), ("$max", max));
            while (found.Read())
            {
                waiting.Add(new WaitingMessage(
                    Text(found.GetInt64(0)), found.GetString(1), found.GetInt64(2), Time(found.GetInt64(3))));
            }

            return waiting;
        }, cancel);

    protected override Task<long> CountCore(string queue, CancellationToken cancel) =>
        Read(session => (long)session.Scalar(CountMessages, ("$queue", queue))!, cancel);

    private List<QueueMessage> Take(SqliteSession session, string queue, int max, TimeSpan visibility)
    {
        var now = clock.GetUtcNow();
        var taken = new List<QueueMessage>(max);
        using (var found = session.Query(FindVisible, ("$queue", queue), ("$now", now.UtcTicks), ("$max", max)))
            while (found.Read()) taken.Add(ToMessage(queue, found));

        foreach (var message in taken)
            session.Execute(TakeMessage, ("$visibleAt", (now + visibility).UtcTicks), ("$id", message.Id));
        return taken;
    }

    private async Task<T> Write<T>(Func<SqliteSession, T> job, CancellationToken cancel)
    {
        try
        {
            return await database.Write(session => Change.Keep(job(session)), cancel);
        }
        catch (SqliteException cause)
        {
            throw new QueueUnavailableException("The queues' file could not be written.", cause);
        }
    }

    private async Task<T> Read<T>(Func<SqliteSession, T> look, CancellationToken cancel)
    {
        try
        {
            return await database.Read(look, cancel);
        }
        catch (SqliteException cause)
        {
            throw new QueueUnavailableException("The queues' file could not be read.", cause);
        }
    }

    private static QueueMessage ToMessage(string queue, SqliteDataReader found) => new(
        queue,
        Id: Text(found.GetInt64(0)),
        Receipt: Text(found.GetInt64(1)),
        Body: found.GetString(2),
        DequeueCount: found.GetInt64(3),
        InsertedAt: Time(found.GetInt64(4)));

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
