using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Members;

/// <summary>AUTH-11: writes everything that is kept of a member, a page at a time and never more in memory.</summary>
public sealed class Exports(
    PartitionStore store, PersonalData people, IEnumerable<PersonalRecords> records, IOptions<JsonOptions> json)
{
    /// <summary>Rows in memory at once.</summary>
    public const int RowsPerPage = 200;

    private readonly PersonalRecords[] records = [.. records];

    /// <summary>The member's own words about themselves.</summary>
    public sealed record PersonPart(
        string OpenId,
        string? UnionId,
        string? Nickname,
        DateOnly? Birthday,
        string? Phone,
        IReadOnlyList<string> OtherPhones);

    /// <summary>One account; a member has those too that were merged into theirs.</summary>
    public sealed record AccountPart(
        string MemberId,
        MemberStatus Status,
        DateTimeOffset RegisteredAt,
        string? Scene,
        string? InviteCode,
        ConsentsResponse? Consents,
        IReadOnlyList<SessionPart> Sessions);

    /// <summary>When a device signed in, and until when it stays so.</summary>
    public sealed record SessionPart(DateTimeOffset OpenedAt, DateTimeOffset ExpiresAt);

    public async Task Write(string memberId, DateTimeOffset at, Stream stream, CancellationToken cancel)
    {
        // Over a pipe: the serializer flushes its writer as it likes, and a server's stream takes no blocking writes.
        var pipe = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        await using var writer = new Utf8JsonWriter(
            pipe, new JsonWriterOptions { Encoder = json.Value.SerializerOptions.Encoder });
        writer.WriteStartObject();
        Write(writer, "exportedAt", at);
        Write(writer, "person", Told(await people.Find(memberId, cancel)));
        var book = await people.FindRow<AddressBook>(memberId, AddressBooks.Row, cancel) ?? AddressBook.Empty;
        Write(writer, "addresses", book.Items.Select(AddressResponse.Of));
        await WriteDeliveries(writer, pipe, memberId, cancel);
        writer.WriteStartArray("accounts");
        await WriteAccount(writer, pipe, memberId, cancel);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        await pipe.CompleteAsync();
    }

    private async Task WriteAccount(
        Utf8JsonWriter writer, PipeWriter pipe, string memberId, CancellationToken cancel)
    {
        var partition = MemberRows.Partition(memberId);
        if (await store.Find<Member>(partition, MemberRows.Head, cancel) is not { } member) return;

        writer.WriteStartObject();
        Write(writer, "account", Told(member));
        foreach (var list in records)
        {
            writer.WriteStartArray(list.Name);
            for (string? next = list.From; next is not null;)
            {
                var page = await store.Range(partition, next, list.Until, RowsPerPage, cancel);
                foreach (var item in page.Rows.Select(list.Read))
                    JsonSerializer.Serialize(writer, item, item.GetType(), json.Value.SerializerOptions);
                writer.Flush();
                await pipe.FlushAsync(cancel);
                next = page.Next;
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        foreach (var mergedId in member.MergedFrom ?? []) await WriteAccount(writer, pipe, mergedId, cancel);
    }

    private async Task WriteDeliveries(
        Utf8JsonWriter writer, PipeWriter pipe, string memberId, CancellationToken cancel)
    {
        writer.WriteStartArray("deliveries");
        await foreach (var kept in people.ReadRows<KeptDelivery>(memberId, Deliveries.Prefix, cancel))
        {
            JsonSerializer.Serialize(writer, kept, json.Value.SerializerOptions);
            writer.Flush();
            await pipe.FlushAsync(cancel);
        }

        writer.WriteEndArray();
    }

    private void Write<T>(Utf8JsonWriter writer, string name, T value)
    {
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value, json.Value.SerializerOptions);
    }

    private static PersonPart? Told(Person? person) => person is null
        ? null
        : new PersonPart(
            person.OpenId, person.UnionId, person.Nickname, person.Birthday, person.Phone, person.OtherNumbers ?? []);

    private static AccountPart Told(Member member) => new(
        member.Id, member.Status, member.RegisteredAt, member.Scene, member.InviteCode,
        ConsentsResponse.Of(member.Consents),
        [.. member.Sessions.Select(session => new SessionPart(session.OpenedAt, session.ExpiresAt))]);
}

/// <summary>How often a member may ask for everything, in each process.</summary>
public sealed class ExportLimits : IDisposable
{
    /// <summary>Documents of one member in a day.</summary>
    public const int PerDay = 3;

    private readonly RateLimit byMember = new(PerDay, TimeSpan.FromDays(1));

    /// <exception cref="ProblemException">Too many for this member.</exception>
    public void Take(string memberId) => byMember.Take(memberId);

    public void Dispose() => byMember.Dispose();
}
