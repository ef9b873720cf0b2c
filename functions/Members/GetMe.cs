using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>The member's own profile.</summary>
public sealed class GetMe(MemberCallers callers, PersonalData people)
{
    [Function(nameof(GetMe))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("我的资料"), Tags("会员")]
    [ProducesResponseType<ProfileResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me")] HttpRequest request, CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        return Results.Ok(ProfileResponse.Of(caller, await people.Find(caller.Id, cancel)));
    }
}

/// <summary>What a member sees of themselves.</summary>
/// <param name="Phone">Most of it hidden: 138****0000.</param>
/// <param name="Consents">Null when they were never given or refused.</param>
public sealed record ProfileResponse(
    string MemberId,
    MemberStatus Status,
    DateTimeOffset RegisteredAt,
    string? Nickname,
    DateOnly? Birthday,
    string? Phone,
    ConsentsResponse? Consents)
{
    public static ProfileResponse Of(MemberCaller caller, Person? person) =>
        new(
            caller.Id, caller.Status, caller.RegisteredAt, person?.Nickname, person?.Birthday,
            person?.Phone is { } phone ? PhoneNumbers.Masked(phone) : null,
            ConsentsResponse.Of(caller.Consents));
}
