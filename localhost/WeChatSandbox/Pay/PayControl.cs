using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>The levers of WeChat Pay, for people, scripts and the demo.</summary>
internal sealed class PayControl(SandboxServer sandbox)
{
    private SandboxPay Pay => sandbox.Pay;

    public void Map(IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup(ControlEndpoints.Prefix);
        control.MapGet("/payments", () => Results.Json(Pay.Payments.Select(View)));
        control.MapPost("/payments/{number}/pay", (string number, PayWish? wish) => Try(() => PayNow(number, wish)));
        control.MapPost("/payment-requests", (RequestWish wish) => Try(() => Request(wish)));
        control.MapPost("/payments/{number}/notification", (string number) => Do(() => Pay.NotifyAgain(number)));
        control.MapPost("/payments/{number}/probe", Probe);
        control.MapGet("/refunds", () => Results.Json(Pay.Refunds));
        control.MapPost("/refunds/{number}/settle", (string number, SettleWish? wish) => Settle(number, wish));
        control.MapGet("/notifications", () => Results.Json(new { Pending = Pay.PendingNotifications, Pay.Levers }));
        control.MapPut("/notifications/levers", (LeverWish wish) => Pull(wish));
        control.MapPost("/notifications/send", async (CancellationToken cancel) =>
            Results.Json(new { Sent = await Pay.SendDue(cancel) }));
        control.MapDelete("/notifications", () => Results.Json(new { Dropped = Pay.DropNotifications() }));
        control.MapPost("/certificates/rotation", () => Results.Json(new { Serial = Pay.RotateCertificate() }));
        control.MapGet("/bills/{day}", (DateOnly day) => Results.Text(Pay.Bill(day)));
        control.MapGet("/shippings", () => Results.Json(sandbox.Shippings.All));
    }

    private IResult PayNow(string number, PayWish? wish)
    {
        if (wish?.Shopper is { } shopper && !Shoppers.IsName(shopper))
            return Bad("shopper: not a name");
        return wish?.AmountFen < 1
            ? Bad("amountFen: 1 or more")
            : Results.Json(View(Pay.Pay(number, wish?.Shopper, wish?.AmountFen, wish?.Force ?? false)));
    }

    private IResult Request(RequestWish wish) => !Shoppers.IsName(wish.Shopper)
        ? Bad("shopper: not a name")
        : Results.Json(View(Pay.RequestPayment(
            wish.Shopper,
            new(wish.TimeStamp ?? "", wish.NonceStr ?? "", wish.Package ?? "", wish.SignType ?? "", wish.PaySign ?? ""))));

    private async Task<IResult> Probe(string number, CancellationToken cancel)
    {
        try
        {
            return Results.Json(new { Status = (int?)await Pay.SendProbe(number, cancel) });
        }
        catch (InvalidOperationException refused)
        {
            return Conflict(refused);
        }
    }

    private IResult Settle(string number, SettleWish? wish)
    {
        var status = wish?.Status ?? SandboxRefundStatus.Success;
        if (status == SandboxRefundStatus.Processing)
            return Bad("status: success, closed or abnormal");
        return Pay.SettleRefunds(status, number) == 1
            ? Results.NoContent()
            : Conflict(new InvalidOperationException($"{number} is not under way."));
    }

    private IResult Pull(LeverWish wish)
    {
        if (wish.Duplicates is < 0 or > LeverWish.Max || wish.DelaySeconds is < 0 || wish.WrongSignatures is < 0
            || wish.UnknownSerials is < 0)
            return Bad($"numbers: not negative, duplicates at most {LeverWish.Max}");
        var levers = Pay.Levers;
        levers.Duplicates = wish.Duplicates ?? levers.Duplicates;
        levers.Delay = wish.DelaySeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : levers.Delay;
        levers.NewestFirst = wish.NewestFirst ?? levers.NewestFirst;
        levers.Lost = wish.Lost ?? levers.Lost;
        levers.WrongSignatures = wish.WrongSignatures ?? levers.WrongSignatures;
        levers.UnknownSerials = wish.UnknownSerials ?? levers.UnknownSerials;
        return Results.Json(levers);
    }

    private object View(SandboxPayment payment) => new
    {
        payment.OutTradeNo,
        payment.Description,
        payment.AmountFen,
        payment.OpenId,
        Shopper = sandbox.Shoppers.All.FirstOrDefault(shopper => shopper.OpenId == payment.OpenId)?.Name,
        payment.State,
        payment.CreatedAt,
        payment.ExpiresAt,
        payment.TransactionId,
        payment.PayerOpenId,
        payment.PaidFen,
        payment.PaidAt,
        payment.RefundedFen,
    };

    private static IResult Do(Action act) => Try(() =>
    {
        act();
        return Results.NoContent();
    });

    private static IResult Try(Func<IResult> act)
    {
        try
        {
            return act();
        }
        catch (InvalidOperationException refused)
        {
            return Conflict(refused);
        }
    }

    private static IResult Conflict(InvalidOperationException refused) =>
        Results.Json(new { Error = refused.Message }, statusCode: StatusCodes.Status409Conflict);

    private static IResult Bad(string why) =>
        Results.Json(new { Error = why }, statusCode: StatusCodes.Status400BadRequest);

    /// <param name="Force">Also when it is closed or too late.</param>
    private sealed record PayWish(string? Shopper = null, long? AmountFen = null, bool Force = false);

    /// <summary>What the shopper's phone was given.</summary>
    private sealed record RequestWish(
        string? Shopper, string? TimeStamp, string? NonceStr, string? Package, string? SignType, string? PaySign);

    private sealed record SettleWish(SandboxRefundStatus? Status = null);

    /// <summary>What is null stays as it is.</summary>
    private sealed record LeverWish(
        int? Duplicates = null,
        int? DelaySeconds = null,
        bool? NewestFirst = null,
        bool? Lost = null,
        int? WrongSignatures = null,
        int? UnknownSerials = null)
    {
        public const int Max = 100;
    }
}
