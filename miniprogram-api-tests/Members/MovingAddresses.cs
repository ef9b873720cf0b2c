using Microsoft.Extensions.DependencyInjection;
using Pond.Members;
using Pond.Tests.FaultInjection;
using Pond.Tests.OpenApi;

namespace Pond.Tests.Members;

/// <summary>Where orders go survives a merge that is cut off anywhere.</summary>
[Rule("ADR-01"), Rule("AUTH-10")]
public sealed class MovingAddresses
{
    private const string Number = "13800094005";
    private const int EachNth = 2;

    // Each way has calls of its own: together they try all.
    [Theory, InlineData(FaultWay.FailsBefore), InlineData(FaultWay.CrashesAfter)]
    public async Task A_merge_that_is_cut_off_anywhere_loses_no_address_and_no_delivery(FaultWay way)
    {
        await using var app = await FaultyApp.Start();
        var calls = int.MaxValue;
        for (var number = 0; number <= calls; number += number == 0 ? 1 + ((int)way % EachNth) : EachNth)
        {
            var (older, younger) = await app.Api.LogInTwice($"older-{number}", $"younger-{number}", NumberOf(number));
            var address = await (await younger.Post(
                "/api/me/addresses", RequestExamples.Of(nameof(AddAddress)))).Json();
            await DeliveriesOf(app).Keep(
                younger.MemberId, "order", address.Text("addressId"), "轻放", CancellationToken.None);
            (await younger.Merge($"younger-{number}")).EnsureSuccessStatusCode();

            if (number == 0) app.Faults.Count();
            else app.Faults.Arm(number, way);
            await app.Deliver();
            if (number == 0) calls = app.Faults.Disarm().Count;
            await app.Settle();

            var kept = await DeliveriesOf(app).Find(younger.MemberId, "order", CancellationToken.None);
            Assert.Equal(("新港中路397号", "轻放"), (kept?.Address.Detail, kept?.Note));
            var book = await app.Api.Services.GetRequiredService<AddressBooks>()
                .Find(older.MemberId, CancellationToken.None);
            Assert.Single(book.Items);
        }

        Assert.InRange(calls, 5, 400);
    }

    // Of the app as it runs now: a crash ends one, and another takes its place.
    private static Deliveries DeliveriesOf(FaultyApp app) => app.Api.Services.GetRequiredService<Deliveries>();

    private static string NumberOf(int number) => $"{long.Parse(Number) + number}";
}
