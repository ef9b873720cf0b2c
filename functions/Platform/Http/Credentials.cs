using Pond.Kernel;

namespace Pond.Platform.Http;

/// <summary>Reads the Authorization header.</summary>
public static class Credentials
{
    private const string Scheme = "Bearer ";
    private const int CharsMax = 4_096;

    /// <exception cref="ProblemException">There is no single bearer token.</exception>
    public static string Bearer(this HttpRequest request)
    {
        var values = request.Headers.Authorization;
        var value = values.Count == 1 ? values[0]! : "";
        return value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && value.Length is > 7 and <= CharsMax
            ? value[Scheme.Length..].Trim()
            : throw new ProblemException(Refusal.SignInAgain);
    }
}
