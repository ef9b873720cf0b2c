namespace Pond.Kernel;

/// <summary>A business "no".</summary>
/// <param name="Code">Part of the API contract, such as <c>coupon.sold_out</c>. Never rename one.</param>
/// <param name="Kind">What sort of "no" it is; the HTTP edge turns it into a status.</param>
/// <param name="Message">One Chinese sentence, fit to show a shopper.</param>
public sealed record Refusal(string Code, RefusalKind Kind, string Message)
{
    /// <summary>What every broken, missing or ended credential gets: it never says what was wrong with it.</summary>
    public static readonly Refusal SignInAgain =
        new("auth.unauthenticated", RefusalKind.Unauthenticated, "登录已失效，请重新登录。");
}

/// <summary>The sorts of refusal.</summary>
public enum RefusalKind
{
    /// <summary>The values of the request break a rule.</summary>
    Invalid,

    /// <summary>Nobody is signed in, or the credential no longer holds.</summary>
    Unauthenticated,

    /// <summary>Signed in, but not allowed.</summary>
    Forbidden,

    /// <summary>There is no such thing, or it is not the caller's.</summary>
    Missing,

    /// <summary>The present state does not allow it: closed, taken, too early.</summary>
    Conflict,

    /// <summary>A limited good or a balance is used up.</summary>
    Exhausted,

    /// <summary>The same idempotency key came with another request.</summary>
    KeyReused,

    /// <summary>Too many requests; try later.</summary>
    TooMany,

    /// <summary>A service that this one needs does not answer; try later.</summary>
    Unavailable,
}
