using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Operators;
using Pond.Platform.Http;

namespace Pond.Tests.Http;

/// <summary>Who gets past the door of which function: every function, every sort of credential.</summary>
public sealed class AccessMatrix
{
    private enum Credential
    {
        None,
        Malformed,
        Expired,
        Revoked,
        Banned,
        Member,
        Operator,
        RevokedOperator,
        Bootstrap,
    }

    private static readonly Type[] AboutOperators =
        [typeof(CreateOperator), typeof(ListOperators), typeof(RevokeOperator)];

    private static readonly Type[] SigningOut = [typeof(EndSession), typeof(DeleteMe)];

    [Fact]
    public void Every_http_function_says_who_may_call_it()
    {
        var silent = HttpFunctions().Where(each => each.Method.GetCustomAttribute<CallerAttribute>() is null);

        Assert.Empty(silent.Select(each => each.Method.DeclaringType!.Name));
    }

    [Fact]
    public async Task Exactly_the_declared_callers_get_past_401_and_403()
    {
        var app = new HostileApp();
        await app.InitializeAsync();
        var credentials = await Credentials(app);
        var (cases, before) = (new HostileCases("Access"), await app.Rows());

        foreach (var (method, trigger) in HttpFunctions())
        {
            var declared = method.GetCustomAttribute<CallerAttribute>()!.Kind;
            foreach (var (kind, token) in credentials)
            {
                // That it signs out was seen when a session was revoked.
                if (kind is Credential.Member && SigningOut.Contains(method.DeclaringType)) continue;

                // Without key and body, and to things that are not there, nothing that gets past the door does harm.
                var verb = HttpMethod.Parse(trigger.Methods is [var first, ..] ? first : "GET");
                using var request = new HttpRequestMessage(verb, "/api/" + Nowhere(trigger.Route!));
                if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");

                var answer = await app.Send(request);
                var isIn = answer.Status is not (401 or 403);
                cases.Check(
                    $"{method.DeclaringType!.Name} with {kind}: {answer.Status} {answer.Body}",
                    answer.Status < 500 && isIn == IsAllowed(declared, kind, method.DeclaringType!));
            }
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
        await app.DisposeAsync();
    }

    private static bool IsAllowed(CallerKind declared, Credential credential, Type function) => declared switch
    {
        CallerKind.Member => credential is Credential.Member,
        CallerKind.Operator when credential is Credential.Bootstrap => AboutOperators.Contains(function),
        CallerKind.Operator => credential is Credential.Operator,
        _ => true,
    };

    private static async Task<Dictionary<Credential, string?>> Credentials(HostileApp app)
    {
        var api = app.Api;
        var expired = (await api.LogIn("erin")).AccessToken;
        api.Clock.Advance(TimeSpan.FromMinutes(16));
        var member = await api.LogIn("alice");
        var revoked = await api.LogIn("alice");
        (await revoked.Delete("/api/session")).EnsureSuccessStatusCode();
        var banned = await api.LogIn("mallory");
        var ban = new { status = "banned", reason = "刷券" };
        (await app.Owner.Put($"/api/operator/members/{banned.MemberId}/status", ban)).EnsureSuccessStatusCode();
        var leaver = await (await api.Operator().Post(
            "/api/operator/operators", new { name = "前员工", roles = new[] { "owner" } })).Json();
        (await app.Owner.Delete($"/api/operator/operators/{leaver.Text("operatorId")}")).EnsureSuccessStatusCode();
        return new()
        {
            [Credential.None] = null,
            [Credential.Malformed] = "not.a.token",
            [Credential.Expired] = expired,
            [Credential.Revoked] = revoked.AccessToken,
            [Credential.Banned] = banned.AccessToken,
            [Credential.Member] = member.AccessToken,
            [Credential.Operator] = app.Owner.AccessToken,
            [Credential.RevokedOperator] = leaver.Text("key"),
            [Credential.Bootstrap] = MiniProgramApi.BootstrapKey,
        };
    }

    /// <summary>The route with ids of nothing.</summary>
    private static string Nowhere(string route) => string.Join('/', route.Split('/').Select(part => part switch
    {
        "{day}" => "2026-03-02",
        ['{', '*', ..] => "nowhere",
        ['{', ..] => new string('0', 26),
        _ => part,
    }));

    private static IEnumerable<(MethodInfo Method, HttpTriggerAttribute Trigger)> HttpFunctions() =>
        from type in typeof(Composition).Assembly.GetTypes()
        from method in type.GetMethods()
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger is not null
        select (method, trigger);
}
