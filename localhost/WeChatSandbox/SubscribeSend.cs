using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary><c>POST /cgi-bin/message/subscribe/send</c>: a message that a shopper has agreed to.</summary>
internal sealed partial class SubscribeSend(Shoppers shoppers, SandboxTokens tokens, SubscriptionBook book)
{
    public const string Path = "/cgi-bin/message/subscribe/send";

    private static readonly WeChatError BadUser = new(40003, "invalid openid");
    private static readonly WeChatError BadTemplate = new(40037, "invalid template_id");
    private static readonly WeChatError NoCredit = new(43101, "user refuse to accept the msg");

    private static readonly string[] States = ["developer", "trial", "formal"];

    public async Task<IResult> Answer(HttpRequest request, CancellationToken cancel)
    {
        var (body, refused) = await JsonCall.Read<Body>(request, tokens, cancel);
        if (body is null)
            return refused!;
        if (body.State is not null && !States.Contains(body.State))
            return JsonCall.Error(WeChatError.BadJson);
        if (!shoppers.All.Any(shopper => shopper.OpenId == body.ToUser))
            return JsonCall.Error(BadUser);
        if (body.TemplateId is null || !TemplateId().IsMatch(body.TemplateId))
            return JsonCall.Error(BadTemplate);
        if (Wrong(body.Data ?? []) is { } wrong)
            return JsonCall.Error(new(47003, $"argument invalid! {wrong}"));

        var data = body.Data!.ToDictionary(field => field.Key, field => field.Value.Text!);
        return book.Send(body.ToUser!, body.TemplateId, body.Page, data) is { } msgId
            ? WeChatAnswer.Of(new { errcode = 0, errmsg = "ok", msgid = msgId }, WeChatAnswer.OddJson)
            : JsonCall.Error(NoCredit);
    }

    private static string? Wrong(Dictionary<string, Field> data)
    {
        if (data.Count == 0)
            return "data is empty";
        foreach (var (name, field) in data)
        {
            if (string.IsNullOrWhiteSpace(field?.Text))
                return $"data.{name}.value is empty";
            if (!MessageFields.IsFit(name, field.Text))
                return $"data.{name}.value invalid";
        }

        return null;
    }

    [GeneratedRegex(@"^[0-9A-Za-z_-]{1,64}\z")]
    private static partial Regex TemplateId();

    private sealed record Body(
        [property: JsonPropertyName("touser")] string? ToUser,
        [property: JsonPropertyName("template_id")] string? TemplateId,
        [property: JsonPropertyName("page")] string? Page,
        [property: JsonPropertyName("data")] Dictionary<string, Field>? Data,
        [property: JsonPropertyName("miniprogram_state")] string? State);

    private sealed record Field([property: JsonPropertyName("value")] string? Text);
}
