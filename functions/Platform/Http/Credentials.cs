using Pond.Kernel;

namespace Pond.Platform.Http;

/// <summary>Reads the Authorization header.</summary>
public static class Credentials
{
    private const string Scheme = "Bearer ";
    private const int CharsMax = 4_096;

    /// <summary>What every broken or missing credential gets: it never says what was wrong with it.</summary>
    public static readonly Refusal SignInAgain =
        new("auth.unauthenticated", RefusalKind.Unauthenticated, "登录已失效，请重新登录。");

    /// <exception cref="ProblemException">There is no single bearer token.</exception>
    public static string Bearer(this HttpRequest request)
    {
        var values = request.Headers.Authorization;
        var value = values.Count == 1 ? values[0]! : "";
        return value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && value.Length is > 7 and <= CharsMax
            ? value[Scheme.Length..].Trim()
            : throw new ProblemException(SignInAgain);
    }
}
