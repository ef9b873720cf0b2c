using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Products;

namespace Pond.Tests.OpenApi;

/// <summary>Turns the app's own attributes into what OpenAPI calls it: security, headers, paging, examples.</summary>
internal static class OperationDetails
{
    private const string Member = "member";
    private const string Operator = "operator";
    private static readonly string GoodsIdPattern =
        $"^[0-9A-Za-z_-]{{{GoodsIdAttribute.CharsMin},{GoodsIdAttribute.CharsMax}}}$";

    private static readonly string IdPattern = $"^[{Ids.Alphabet}]{{{Ids.IdChars}}}$";

    public static Task Add(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Security = SecurityOf(metadata.OfType<CallerAttribute>().Single().Kind, context.Document!);
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>()) Narrow(parameter);
        if (metadata.OfType<NeedsIdempotencyKeyAttribute>().Any()) operation.Parameters.Add(IdempotencyKey());
        if (metadata.OfType<PagedAttribute>().Any())
        {
            operation.Parameters.Add(Limit());
            operation.Parameters.Add(Cursor());
        }

        foreach (var (type, body) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            body.Example = type == Csv.MediaType ? RequestExamples.Csv : RequestExamples.Of(operation.OperationId!);
        foreach (var (status, response) in operation.Responses ?? [])
            response.Description = MeaningOf(status);
        return Task.CompletedTask;
    }

    public static Task AddSecuritySchemes(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.AddComponent(Member, Bearer("JWT", "会员的 accessToken，由 POST /api/session 取得，15 分钟有效。"));
        document.AddComponent(Operator, Bearer("key", "操作员的个人密钥，以 pond_ 开头。"));
        return Task.CompletedTask;
    }

    private static OpenApiSecurityScheme Bearer(string format, string description) => new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        BearerFormat = format,
        Description = description,
    };

    private static List<OpenApiSecurityRequirement> SecurityOf(CallerKind kind, OpenApiDocument document) => kind switch
    {
        CallerKind.Member => [new() { [new OpenApiSecuritySchemeReference(Member, document)] = [] }],
        CallerKind.Operator => [new() { [new OpenApiSecuritySchemeReference(Operator, document)] = [] }],
        _ => [],
    };

    private static void Narrow(OpenApiParameter parameter)
    {
        var isDay = parameter.Name == "day";
        parameter.Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Format = isDay ? "date" : null,
            Pattern = parameter.Name switch
            {
                "day" => null,
                "spuId" or "skuId" => GoodsIdPattern,
                "shard" => "^[0-9]{1,2}$",
                _ => IdPattern,
            },
        };
    }

    private static OpenApiParameter IdempotencyKey() => new()
    {
        Name = Idempotency.Header,
        In = ParameterLocation.Header,
        Required = true,
        Description = "由客户端生成的请求编号。重试时保持不变，结果不会重复产生。",
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            MinLength = Idempotency.KeyCharsMin,
            MaxLength = Idempotency.KeyCharsMax,
            Pattern = "^[A-Za-z0-9_-]+$",
        },
        Example = "3f2b8c1e-9d47-4a60-b5f1-0c7e2a9d6b34",
    };

    private static OpenApiParameter Limit() => new()
    {
        Name = "limit",
        In = ParameterLocation.Query,
        Description = "每页条数。",
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Minimum = "1",
            Maximum = Paging.LimitMax.ToString(CultureInfo.InvariantCulture),
            Default = Paging.LimitDefault,
        },
    };

    private static OpenApiParameter Cursor() => new()
    {
        Name = "cursor",
        In = ParameterLocation.Query,
        Description = "上一页的 next；省略则为第一页。",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static string MeaningOf(string status) => status switch
    {
        "200" => "成功",
        "201" => "已创建",
        "202" => "已受理",
        "204" => "成功，无内容",
        "default" => "失败：code 供程序判断，detail 可直接展示给用户",
        _ => throw new InvalidOperationException($"Say in Chinese what {status} means."),
    };
}
