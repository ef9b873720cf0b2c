using Pond.Kernel;

namespace Pond.Operators;

/// <summary>ADM-01: operators come and go. Pure.</summary>
public static class OperatorRules
{
    /// <summary>Roles that there are.</summary>
    public const int RolesMax = 5;

    /// <summary>How long a personal key lasts.</summary>
    public static readonly TimeSpan KeyLifetime = TimeSpan.FromDays(180);

    public static Decision<OperatorEvent> Create(
        Operator? one,
        string id,
        string name,
        IReadOnlyList<OperatorRole> roles,
        string keyHash,
        string by,
        DateTimeOffset now) =>
        one is null
            ? new OperatorEvent.Created(
                new Operator(id, name, roles, keyHash, now, now + KeyLifetime, RevokedAt: null), by)
            : OperatorRefusals.Taken;

    public static Decision<OperatorEvent> Revoke(Operator? one, string by, DateTimeOffset now) => one switch
    {
        null => OperatorRefusals.Missing,
        { RevokedAt: not null } => Decision<OperatorEvent>.Nothing,
        _ => new OperatorEvent.Revoked(one.Id, by, now),
    };

    /// <summary>ADM-09: a name is news once.</summary>
    public static Decision<NamedPerson> Name(NamedPerson? person, string id, string name, DateTimeOffset now) =>
        person?.Name == name ? Decision<NamedPerson>.Nothing : new NamedPerson(id, name, person?.Name, now);
}
