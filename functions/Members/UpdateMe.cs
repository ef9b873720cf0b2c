using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>Replaces what the member tells of themselves. Doing it twice changes nothing more.</summary>
public sealed class UpdateMe(MemberCallers callers, PersonalData people, Birthdays birthdays, TimeProvider clock)
{
    private const int AgeYearsMax = 130;

    private static readonly Refusal NoBirthday =
        new("member.birthday", RefusalKind.Invalid, "生日须为过去的日期。");

    public sealed record Request
    {
        [Text(1, 20)]
        public string? Nickname { get; init; }

        public DateOnly? Birthday { get; init; }
    }

    [Function(nameof(UpdateMe))]
    [Caller(CallerKind.Member), Body(typeof(Request))]
    [EndpointSummary("修改我的资料"), Tags("会员")]
    [ProducesResponseType<ProfileResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "me")] HttpRequest request, CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var body = await request.Read<Request>(cancel);
        if (body.Birthday is { } birthday && !IsPlausible(birthday)) return Answers.Problem(NoBirthday);

        if (body.Birthday is not null) await birthdays.Expect(caller.Id, cancel);
        var person = await people.Change(
            caller.Id,
            before => before is null ? throw new ProblemException(MemberRefusals.Missing) : Changed(before, body),
            cancel);
        return Results.Ok(ProfileResponse.Of(caller, person));
    }

    private Person Changed(Person before, Request told) => before with
    {
        Nickname = told.Nickname,
        Birthday = told.Birthday,
        BirthdaySetAt = told.Birthday == before.Birthday ? before.BirthdaySetAt : clock.GetUtcNow(),
    };

    private bool IsPlausible(DateOnly birthday)
    {
        var today = ChinaDay.Of(clock.GetUtcNow()).Date;
        return birthday <= today && birthday > today.AddYears(-AgeYearsMax);
    }
}
