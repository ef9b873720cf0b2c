using System.Diagnostics;
using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Operators;

/// <summary>Somebody who works for the brand.</summary>
/// <param name="KeyHash">SHA-256 of their key's secret; the key itself is shown once and kept nowhere.</param>
public sealed record Operator(
    string Id,
    string Name,
    IReadOnlyList<OperatorRole> Roles,
    string KeyHash,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt)
{
    public static Operator? Evolve(Operator? one, OperatorEvent fact) => fact switch
    {
        OperatorEvent.Created created => created.Operator,
        OperatorEvent.Revoked revoked => one! with { RevokedAt = revoked.At },
        _ => throw new UnreachableException(),
    };
}

/// <summary>Somebody of the tenant, by the name under which they were last seen.</summary>
/// <param name="Before">The name before that, or null.</param>
public sealed record NamedPerson(string OperatorId, string Name, string? Before, DateTimeOffset At);

/// <summary>ADM-01: what an operator may do. Stored by name: never rename one.</summary>
public enum OperatorRole
{
    /// <summary>Everything, operators included.</summary>
    Owner,

    /// <summary>Templates and promotions.</summary>
    Marketing,

    /// <summary>Members, their status and their points.</summary>
    Service,

    /// <summary>Money and points.</summary>
    Finance,

    /// <summary>Looks, changes nothing.</summary>
    Analyst,
}

/// <summary>What can happen to an operator. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(Revoked), "revoked")]
public abstract record OperatorEvent
{
    private OperatorEvent()
    {
    }

    public sealed record Created(Operator Operator, string ByOperatorId) : OperatorEvent;

    public sealed record Revoked(string OperatorId, string ByOperatorId, DateTimeOffset At) : OperatorEvent;
}

/// <summary>The "no"s of this slice.</summary>
public static class OperatorRefusals
{
    public static readonly Refusal RoleMissing = new("operator.role_missing", RefusalKind.Forbidden, "没有执行该操作的权限。");
    public static readonly Refusal Missing = new("operator.missing", RefusalKind.Missing, "没有找到该操作员。");
    public static readonly Refusal NoSuchQueue = new("operator.no_such_queue", RefusalKind.Missing, "没有这个队列。");
    public static readonly Refusal AtTheTenant =
        new("operator.at_tenant", RefusalKind.Conflict, "操作员由企业租户管理，不再发放密钥。");

    public static readonly Refusal Taken = new("operator.taken", RefusalKind.Conflict, "该操作员已存在。");
}
