using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Pond.Kernel;
using Pond.Platform.Http;

namespace Pond.Operators;

/// <summary>
/// ADM-09: the keys with which the tenant signs, as its OpenID metadata tells them. However many ask, one fetch is
/// under way at a time, and once there are keys the next one keeps its distance.
/// </summary>
public sealed partial class TenantKeys : IDocumentRetriever, IDisposable
{
    /// <summary>Keys of this age are fetched anew; until that succeeds they go on working.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromHours(12);

    /// <summary>
    /// Between two fetches while there are keys, so that made-up names of keys do not become a flood at the tenant.
    /// </summary>
    public static readonly TimeSpan Distance = TimeSpan.FromMinutes(1);

    private const int DocumentBytesMax = 1024 * 1024;

    private static readonly TimeSpan FetchTimeLimit = TimeSpan.FromSeconds(5);

    private static readonly Refusal Unavailable =
        new("operator.sign_in_unavailable", RefusalKind.Unavailable, "暂时无法验证登录，请稍后再试。");

    private readonly Lock sync = new();
    private readonly HttpClient http = new() { MaxResponseContentBufferSize = DocumentBytesMax };
    private readonly OperatorOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<TenantKeys> log;
    private volatile Fetched? last;
    private DateTimeOffset triedAt;
    private Task fetching = Task.CompletedTask;

    public TenantKeys(OperatorOptions options, TimeProvider clock, ILogger<TenantKeys> log) =>
        (this.options, this.clock, this.log) = (options, clock, log);

    /// <summary>The keys, fetched when there are none yet or they are old.</summary>
    /// <exception cref="ProblemException">There are none, and the tenant does not tell them.</exception>
    public Task<IReadOnlyList<SecurityKey>> Present(CancellationToken cancel) =>
        last is { } known && clock.GetUtcNow() < known.At + FreshFor ? Task.FromResult(known.Keys) : Renewed(cancel);

    /// <summary>The keys after a fetch, unless the last try was a moment ago: for a token that names another.</summary>
    /// <exception cref="ProblemException">There are none, and the tenant does not tell them.</exception>
    public async Task<IReadOnlyList<SecurityKey>> Renewed(CancellationToken cancel)
    {
        await Fetching().WaitAsync(cancel);
        return last?.Keys ?? throw new ProblemException(Unavailable);
    }

    // The library's own retriever does not hear of the time limit.
    Task<string> IDocumentRetriever.GetDocumentAsync(string address, CancellationToken cancel) =>
        options.IsLoopback || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? http.GetStringAsync(address, cancel)
            : throw new InvalidOperationException($"{address} is not safe from others on the way.");

    public void Dispose() => http.Dispose();

    private Task Fetching()
    {
        lock (sync)
        {
            var now = clock.GetUtcNow();
            if (!fetching.IsCompleted || (last is not null && now < triedAt + Distance)) return fetching;
            triedAt = now;
            return fetching = Task.Run(() => Fetch(now)); // nobody's own: who hangs up does not end it for the others
        }
    }

    private async Task Fetch(DateTimeOffset now)
    {
        try
        {
            using var limit = new CancellationTokenSource(FetchTimeLimit, clock);
            var metadata = await OpenIdConnectConfigurationRetriever.GetAsync(
                options.Issuer + "/.well-known/openid-configuration", this, limit.Token);
            if (metadata.Issuer != options.Issuer || metadata.SigningKeys.Count == 0)
                throw new InvalidOperationException($"The metadata is of {metadata.Issuer}, or without keys.");
            last = new Fetched([.. metadata.SigningKeys], now);
        }
        catch (Exception failure) // whatever it was: the keys from before, if any, go on working
        {
            NoKeys(failure);
        }
    }

    [LoggerMessage(LogLevel.Error, "The tenant of the operators does not tell its keys")]
    private partial void NoKeys(Exception failure);

    private sealed record Fetched(IReadOnlyList<SecurityKey> Keys, DateTimeOffset At);
}
