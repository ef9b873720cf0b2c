using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Touches;

/// <summary>The template of WeChat's that tells an occasion.</summary>
public sealed class GetMessageTemplate(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(GetMessageTemplate))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("订阅消息模板"), Tags("运营：触达")]
    [ProducesResponseType<MessageTemplateResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/message-templates/{occasion}")]
        HttpRequest request,
        string occasion,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        return OccasionNames.Parse(occasion) is { } known
            ? Results.Ok(MessageTemplateResponse.Of(await MessageTemplateRows.Find(store, known, cancel)))
            : Answers.Problem(TouchRefusals.NoSuchOccasion);
    }
}
