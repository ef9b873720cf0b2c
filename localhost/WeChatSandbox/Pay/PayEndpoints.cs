using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>WeChat Pay APIv3: payments, refunds, certificates and bills.</summary>
internal sealed class PayEndpoints(
    SandboxOptions options, Shoppers shoppers, SandboxPay pay, TimeProvider clock)
{
    public const string Prefix = "/v3";

    private readonly PayAuthorization authorization = new(options.Merchant, clock);
    private readonly BillFiles bills = new(pay, clock);

    private SandboxMerchant Merchant => options.Merchant!;

    public void Map(IEndpointRouteBuilder routes)
    {
        var v3 = routes.MapGroup(Prefix);
        v3.MapPost("/pay/transactions/jsapi", Handle(Prepay));
        v3.MapGet("/pay/transactions/out-trade-no/{number}", Handle(call => Query(call, pay.PaymentBook.Find)));
        v3.MapGet("/pay/transactions/id/{number}", Handle(call => Query(call, pay.PaymentBook.FindTransaction)));
        v3.MapPost("/pay/transactions/out-trade-no/{number}/close", Handle(Close));
        v3.MapPost("/refund/domestic/refunds", Handle(Refund));
        v3.MapGet("/refund/domestic/refunds/{number}", Handle(QueryRefund));
        v3.MapGet("/certificates", Handle(Certificates));
        v3.MapGet("/bill/tradebill", Handle(bills.Announce));
        v3.MapGet("/billdownload/file", Handle(bills.Send));
        v3.Map("/{**path}", Handle(_ => throw new PayException(PayError.NoResource)));
    }

    private RequestDelegate Handle(Func<PayCall, Task> handle) => async http =>
    {
        var call = await PayCall.Read(http, pay.Keys, clock);
        try
        {
            authorization.Check(call);
            if (call.Body.Length > PayCall.BodyBytesMax)
                throw new PayException(PayError.Param("/", "过长"));
            if (HttpMethods.IsPost(http.Request.Method) && !http.Request.HasJsonContentType())
                throw new PayException(new(415, "PARAM_ERROR", "Http头Content-Type不是application/json"));
            await handle(call);
        }
        catch (PayException refused)
        {
            await call.Fail(refused.Error);
        }
    };

    private Task Prepay(PayCall call)
    {
        var wanted = PayForms.Prepay(call.Body, options, clock.GetUtcNow());
        if (!shoppers.All.Any(shopper => shopper.OpenId == wanted.OpenId))
            throw new PayException(PayError.Param("/payer/openid", "无效的openid"));
        return call.Answer(new { prepay_id = pay.PaymentBook.Prepare(wanted).PrepayId });
    }

    private Task Query(PayCall call, Func<string, SandboxPayment?> find)
    {
        CheckMerchant(call.Query("mchid"));
        var payment = find(call.Route("number")) ?? throw new PayException(PayError.NoOrder);
        var paying = call.Twist == FailureKind.UserPaying && payment.State == SandboxTradeState.NotPay;
        return call.Answer(PayJson.Transaction(payment, Merchant, options.AppId, paying));
    }

    private Task Close(PayCall call)
    {
        CheckMerchant(PayForms.Close(call.Body));
        pay.PaymentBook.Close(call.Route("number"));
        return call.AnswerNothing();
    }

    private Task Refund(PayCall call)
    {
        pay.SettleDue();
        return call.Answer(PayJson.Refund(pay.RefundBook.Create(PayForms.Refund(call.Body))));
    }

    private Task QueryRefund(PayCall call)
    {
        pay.SettleDue();
        var refund = pay.RefundBook.Find(call.Route("number")) ?? throw new PayException(PayError.NoResource);
        return call.Answer(PayJson.Refund(refund));
    }

    /// <summary>Sealed with the merchant's key, so that they can be believed before any other is known.</summary>
    private Task Certificates(PayCall call) => pay.PublicKeyOnly
        ? throw new PayException(PayError.NoResource)
        : call.Answer(new
        {
            data = pay.Keys.Certificates.Select(certificate =>
            {
                var text = PaySealing.Seal(Merchant.ApiV3Key, certificate.Pem, "certificate");
                return new
                {
                    serial_no = certificate.Serial,
                    effective_time = PayJson.Time(certificate.From),
                    expire_time = PayJson.Time(certificate.To),
                    encrypt_certificate = new
                    {
                        algorithm = PaySealing.Algorithm,
                        nonce = text.Nonce,
                        associated_data = text.AssociatedData,
                        ciphertext = text.CipherText,
                    },
                };
            }).ToArray(),
        });

    private void CheckMerchant(string mchId)
    {
        if (mchId != Merchant.MchId)
            throw new PayException(PayError.NoMerchant);
    }
}
