using Pond.Members;
using Pond.Platform;
using Pond.Tests.FaultInjection;

namespace Pond.Tests.Members;

[Rule("AUTH-05")]
public sealed class ArrivingFirst
{
    [Theory, InlineData(FaultWay.FailsBefore), InlineData(FaultWay.CrashesBefore), InlineData(FaultWay.CrashesAfter)]
    public async Task A_first_login_that_was_cut_off_leaves_scene_and_invite_code_to_the_next(FaultWay way)
    {
        await using var app = await FaultyApp.Start();
        app.Api.Sandbox.Shoppers.Bind("counted", "uCounted");
        app.Faults.Count();
        await app.Api.LogInWith(app.Api.Sandbox.Codes.Issue("counted"), "1007", "INVITE");
        var calls = app.Faults.Disarm();
        var firstCommit = calls.First(call => call.Kind is PortCallKind.Commit).Number;

        foreach (var call in calls.Where(call => call.Number > firstCommit))
        {
            var shopper = $"cut-{call.Number}";
            app.Faults.Arm(call.Number, way);
            await app.Answered(api =>
            {
                api.Sandbox.Shoppers.Bind(shopper, $"u{shopper}");
                var isFirst = app.Faults.Calls.Count == 0;
                return api.LogInWith(
                    api.Sandbox.Codes.Issue(shopper), isFirst ? "1007" : null, isFirst ? "INVITE" : null);
            });
            app.Faults.Disarm();

            var phone = await app.Api.LogIn(shopper);
            var head = StoredRow.All(app.Api).Single(
                row => row.Partition == MemberRows.Partition(phone.MemberId) && row.Key == MemberRows.Head);
            var member = Stored.Read<Member>(head.Data);
            Assert.Equal(("1007", "INVITE"), (member.Scene, member.InviteCode));
        }
    }
}
