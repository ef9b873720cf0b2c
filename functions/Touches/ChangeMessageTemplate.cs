using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Touches;

/// <summary>TCH-01: marketing says which template of WeChat's tells an occasion, and what its fields show.</summary>
public sealed partial class ChangeMessageTemplate(
    Transactor transactor, PartitionStore store, OperatorCallers callers, Ids ids)
{
    public sealed record Request : IValidatableObject
    {
        /// <summary>The one that is to be replaced: who has not seen the newest replaces nothing.</summary>
        [Whole(0, int.MaxValue - 1)]
        public required int Version { get; init; }

        /// <summary>WeChat's id of the template; none to tell nobody any more.</summary>
        [Text(1, MessageTemplate.IdCharsMax)]
        public string? TemplateId { get; init; }

        /// <summary>All fields of the template.</summary>
        [Items(0, MessageTemplate.FieldsMax)]
        public required IReadOnlyList<FieldBody> Fields { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }

        internal IReadOnlyList<TemplateField> FieldsOf() =>
            [.. Fields.Select(field => new TemplateField(field.Name, field.Shows, field.Text))];

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (TemplateId is not null && !WellFormedId().IsMatch(TemplateId))
                yield return new ValidationResult("无效的模板编号", [nameof(TemplateId)]);
            if (MessageTemplateRules.Problem(TemplateId ?? "", FieldsOf()) is { } problem)
                yield return new ValidationResult(problem, [nameof(Fields)]);
        }
    }

    /// <summary>One field.</summary>
    public sealed record FieldBody
    {
        /// <summary>As WeChat calls it, such as <c>thing1</c>.</summary>
        [Text(1, 20)]
        public required string Name { get; init; }

        /// <summary><c>title</c>, <c>amount</c>, <c>endsAt</c> or <c>remark</c>; none for the text alone.</summary>
        [Text(1, 20)]
        public string? Shows { get; init; }

        /// <summary>Shown where there is no such value.</summary>
        [Text(1, TemplateValues.TextCharsMax)]
        public string? Text { get; init; }
    }

    [Function(nameof(ChangeMessageTemplate))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("设置订阅消息模板"), Tags("运营：触达")]
    [ProducesResponseType<MessageTemplateResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/message-templates/{occasion}")]
        HttpRequest request,
        string occasion,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        if (OccasionNames.Parse(occasion) is not { } known) return Answers.Problem(TouchRefusals.NoSuchOccasion);

        var wanted = new MessageTemplate(known, body.Version, body.TemplateId ?? "", body.FieldsOf());
        var decision = await transactor.Run(
            MessageTemplateRows.Of(known),
            new Operation(nameof(ChangeMessageTemplate), ids.Next(), Fingerprint: null),
            (current, now) => MessageTemplateRules.Change(current, wanted, caller.Id, body.Reason, now),
            cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);
        return Results.Ok(MessageTemplateResponse.Of(await MessageTemplateRows.Find(store, known, cancel)));
    }

    [GeneratedRegex(@"^[0-9A-Za-z_-]+\z")]
    private static partial Regex WellFormedId();
}
