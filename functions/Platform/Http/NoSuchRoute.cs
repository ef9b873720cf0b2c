using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;

namespace Pond.Platform.Http;

/// <summary>
/// Answers for every path and method that no other function has, so that these answers are problems too.
/// </summary>
public sealed class NoSuchRoute
{
    private static readonly Refusal NotFound = new("route.not_found", RefusalKind.Missing, "没有这个接口。");
    private static readonly Refusal WrongMethod = new("route.method", RefusalKind.Invalid, "该接口不支持这种请求方法。");

    private const string Prefix = "/api/";

    private static readonly (TemplateMatcher Route, string[] Methods)[] Routes =
    [
        .. typeof(NoSuchRoute).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .Where(trigger => trigger is { Route: not CatchAll })
            .Select(trigger => (new TemplateMatcher(TemplateParser.Parse(trigger!.Route!), []), trigger.Methods ?? [])),
    ];

    private const string CatchAll = "{*path}";

    [Function(nameof(NoSuchRoute))]
    [Caller(CallerKind.Anyone)]
    [ExcludeFromDescription]
    public static IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = CatchAll)] HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        var isOurs = path.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
        PathString rest = isOurs ? path[(Prefix.Length - 1)..] : path;
        string[] allowed =
        [
            .. Routes.Where(route => route.Route.TryMatch(rest, [])).SelectMany(route => route.Methods)
                .Select(method => method.ToUpperInvariant()).Distinct().Order(StringComparer.Ordinal),
        ];
        throw allowed.Length == 0
            ? new ProblemException(NotFound)
            : new ProblemException(WrongMethod)
            {
                Status = StatusCodes.Status405MethodNotAllowed,
                Allow = string.Join(", ", allowed),
            };
    }
}
