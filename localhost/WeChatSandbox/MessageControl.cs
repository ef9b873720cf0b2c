using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>The levers of messages: what shoppers answer, and what they have got.</summary>
internal sealed class MessageControl(SandboxServer sandbox)
{
    private const string Accept = "accept";
    private const string Reject = "reject";

    public void Map(IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup(ControlEndpoints.Prefix);
        control.MapGet("/messages", () => Results.Json(sandbox.Subscriptions.Messages.Select(View)));
        control.MapPost("/subscriptions", Answer);
    }

    private object View(SandboxMessage message) => new
    {
        message.MsgId,
        Shopper = sandbox.Shoppers.All.FirstOrDefault(shopper => shopper.OpenId == message.OpenId)?.Name,
        message.TemplateId,
        message.Page,
        message.Data,
        message.SentAt,
    };

    private async Task<IResult> Answer(AnswerWish wish, CancellationToken cancel)
    {
        if (!Shoppers.IsName(wish.Shopper) || string.IsNullOrEmpty(wish.TemplateId)
            || (wish.Result ?? Accept) is not (Accept or Reject))
        {
            return Results.Json(
                new { Error = "shopper, templateId, and accept or reject" },
                statusCode: StatusCodes.Status400BadRequest);
        }

        var openId = sandbox.Shoppers.Named(wish.Shopper).OpenId;
        var result = wish.Result ?? Accept;
        if (result == Accept) sandbox.Subscriptions.Accept(openId, wish.TemplateId);
        else sandbox.Subscriptions.Reject(openId, wish.TemplateId);
        var pushed = wish.Push && sandbox.Options.Push is not null && sandbox.EventsTo is { } app
            ? await sandbox.Events.Push(app, sandbox.Events.Popup(openId, (wish.TemplateId, result)), cancel)
            : null;
        return Results.Json(new { Left = sandbox.Subscriptions.Left(openId, wish.TemplateId), Pushed = (int?)pushed });
    }

    /// <param name="Result">accept or reject; accept when it is left out.</param>
    /// <param name="Push">Whether WeChat tells the app too.</param>
    private sealed record AnswerWish(string? Shopper, string? TemplateId, string? Result = null, bool Push = false);
}
