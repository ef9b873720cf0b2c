using System.Text.Json.Serialization;

namespace Pond.Members;

/// <summary>Who a member is as a person: everything that the law calls personal information.</summary>
/// <param name="OpenId">WeChat's name for the user of this mini-program, as of the last login.</param>
/// <param name="UnionId">WeChat's name for the user over all the brand's apps, once it is known.</param>
/// <param name="BirthdaySetAt">Since when the member says so; null when nobody has noted it.</param>
/// <param name="Phone">In its canonical form.</param>
/// <param name="LooseNumbers">
/// Numbers that a binding under way or cut off may hold for this member beside <paramref name="Phone"/>.
/// </param>
/// <param name="OtherNumbers">Numbers of accounts that were merged into this one: they lead here too.</param>
/// <param name="Identities">Keys of the identities of every openid and unionid that ever logged in.</param>
public sealed record Person(
    string OpenId,
    string? UnionId,
    string? Nickname,
    DateOnly? Birthday,
    string? Phone = null,
    IReadOnlyList<string>? LooseNumbers = null,
    IReadOnlyList<string>? Identities = null,
    IReadOnlyList<string>? OtherNumbers = null,
    DateTimeOffset? BirthdaySetAt = null)
{
    /// <summary><see cref="LooseNumbers"/>, none of them null.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Loose => LooseNumbers ?? [];

    /// <summary>Every number that may be held for this member.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Numbers => [.. Loose, .. OtherNumbers ?? [], .. Phone is null ? [] : new[] { Phone }];

    /// <summary>Whether a number is bound to the member.</summary>
    public bool IsKnownBy(string number) => Phone == number || OtherNumbers?.Contains(number) is true;

    /// <summary>The same person with another number.</summary>
    /// <param name="loose">The loose numbers, of which the phone itself is never one.</param>
    public Person With(string? phone, IEnumerable<string> loose)
    {
        string[] free = [.. loose.Where(number => number != phone).Distinct()];
        return this with
        {
            Phone = phone,
            LooseNumbers = NullIfEmpty(free),
            OtherNumbers = NullIfEmpty([.. (OtherNumbers ?? []).Where(number => number != phone).Except(free)]),
        };
    }

    /// <summary>
    /// The same person, who turned out to be the other one too: what both tell of themselves stays as it is here.
    /// </summary>
    public Person JoinedBy(Person other)
    {
        var joined = KnownBy(other.Identities ?? []) with
        {
            UnionId = UnionId ?? other.UnionId,
            Nickname = Nickname ?? other.Nickname,
            Birthday = Birthday ?? other.Birthday,
            BirthdaySetAt = Birthday is null ? other.BirthdaySetAt : BirthdaySetAt,
            OtherNumbers = [.. (OtherNumbers ?? []).Concat(other.Numbers.Except(other.Loose)).Distinct()],
        };
        return joined.With(Phone ?? other.Phone, Loose.Concat(other.Loose));
    }

    /// <summary>The same person, who has logged in by these identities too.</summary>
    public Person KnownBy(IReadOnlyList<string> keys) =>
        keys.Except(Identities ?? []).Any() ? this with { Identities = [.. (Identities ?? []).Union(keys)] } : this;

    private static string[]? NullIfEmpty(string[] numbers) => numbers.Length == 0 ? null : numbers;

    /// <summary>A person in a log would be personal data there.</summary>
    public override string ToString() => nameof(Person);
}

/// <summary>A person as read: what is written in its place says so, and fails when somebody else was first.</summary>
/// <param name="Key">The member's own key; null when there is none yet.</param>
internal sealed record KeptPerson(
    string MemberId, Person? Person, byte[]? Key, string? KeyETag, string? PersonETag, bool IsErased);
