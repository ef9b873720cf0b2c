using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.WeChat.Pay;

/// <summary>What others have computed comes out the same here.</summary>
public sealed class VerifyingVectors
{
    public static TheoryData<string> Requests => Names("request");

    public static TheoryData<string> Responses => Names("response");

    public static TheoryData<string> Sealed => Names("gcm");

    [Theory]
    [InlineData(
        "a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb", "uluk4a9R25RW", "associatedData", "message",
        "ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=")]
    [InlineData(
        "b302fd4719dd26523d555e6fe392b91a", "b302fd4719dd", "26523d555e6fe392b91a",
        "Awesome SKIT.FlurlHttpClient.Wechat.Api!",
        "bUGHWv7V1+rMtfIx4pIhD95i3J72AK+K1I0vsxBNWAUq8JLjUJ1iSY79kdqp2LCDe4IuOpPxXC0=")]
    public void Public_ciphertexts_open(string key, string nonce, string data, string plaintext, string ciphertext) =>
        Assert.Equal(plaintext, Encoding.UTF8.GetString(PayCipher.Open(key, nonce, data, ciphertext)!));

    [Theory, MemberData(nameof(Sealed))]
    public void Own_ciphertexts_open(string name)
    {
        var vector = PayVectors.Named(name);

        var opened = PayCipher.Open(
            PayVectors.ApiV3Key, Text(vector, "nonce"), Text(vector, "associated_data"), Text(vector, "ciphertext"));

        Assert.Equal(Text(vector, "plaintext"), Encoding.UTF8.GetString(opened!));
    }

    [Theory, MemberData(nameof(Requests))]
    public async Task A_request_is_signed_to_the_letter(string name)
    {
        var vector = PayVectors.Named(name);
        await using var bench = new PayBench(ids: new VectorNonce());

        var header = bench.Signer.Authorization(
            Text(vector, "method"), Text(vector, "url"), Encoding.UTF8.GetBytes(Text(vector, "body")));

        Assert.Equal(Text(vector, "authorization"), header.ToString());
    }

    [Fact]
    public async Task The_parameters_of_a_payment_are_signed_to_the_letter()
    {
        var vector = PayVectors.OfKind("paySign").Single();
        await using var bench = new PayBench(ids: new VectorNonce());

        var signed = bench.Pay.Sign(Text(vector, "package")["prepay_id=".Length..]);

        Assert.Equal(
            new SignedPayment(
                Text(vector, "timeStamp"), Text(vector, "nonceStr"), Text(vector, "package"), Text(vector, "signType"),
                Text(vector, "paySign")),
            signed);
    }

    /// <summary>The demo merchant's private key is not public, so its signatures are verified, not made.</summary>
    [Fact]
    public void WeChat_s_own_examples_are_signed_over_what_is_signed_here()
    {
        const string time = "1554208460";
        const string nonce = "593BEC0C930BF1AFEB40B4A08C8FB242";
        using var merchant = RSA.Create();
        merchant.ImportFromPem(Text(PayVectors.Official, "merchantPublicKey"));
        var request = PayVectors.Official.GetProperty("request");

        Assert.True(IsSigned(
            $"wx2421b1c4370ec43b\n{time}\n{nonce}\nprepay_id=wx201410272009395522657a690389285100\n",
            Text(PayVectors.Official, "paySign")));
        Assert.True(IsSigned(
            $"POST\n/v3/pay/transactions/jsapi\n{time}\n{nonce}\n{Text(request, "body")}\n", Text(request, "signature")));

        bool IsSigned(string message, string signature) => merchant.VerifyData(
            Encoding.UTF8.GetBytes(message), Convert.FromBase64String(signature), HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1);
    }

    [Fact]
    public void An_answer_of_WeChat_s_own_documentation_verifies()
    {
        var response = PayVectors.Official.GetProperty("response");
        var key = KeyText.PublicKey(Text(response, "publicKey"))!;
        var signature = PaySignature.Read(
            "1722850421", "d824f2e086d3c1df967785d13fcd22ef", Text(response, "signature"), "PUB_KEY_ID_1")!;

        Assert.True(signature.Covers("{\"code_url\":\"weixin://wxpay/bizpayurl?pr=JyC91EIz1\"}"u8, key));
        Assert.False(signature.Covers("{\"code_url\":\"weixin://wxpay/bizpayurl?pr=JyC91EIz2\"}"u8, key));
    }

    [Theory, MemberData(nameof(Responses))]
    public void Own_answers_verify(string name)
    {
        var vector = PayVectors.Named(name);
        var headers = vector.GetProperty("headers");
        var signature = PaySignature.Read(
            Text(headers, "Wechatpay-Timestamp"), Text(headers, "Wechatpay-Nonce"), Text(headers, "Wechatpay-Signature"),
            Text(headers, "Wechatpay-Serial"))!;
        var key = KeyText.PublicKey(PayVectors.Pem("wechatpay_public"))!;

        Assert.True(signature.IsTimely(PayVectors.Moment));
        Assert.True(signature.Covers(Encoding.UTF8.GetBytes(Text(vector, "body")), key));
    }

    [Fact]
    public async Task The_payment_of_a_notification_is_read()
    {
        await using var bench = new PayBench();

        var paid = await bench.Notifications.ReadPayment(
            PayVectors.Notification("pay success notify"), CancellationToken.None);

        Assert.Equal(
            new Transaction(
                PayVectors.AppId, PayVectors.MchId, "T20260101000000000001", "4200000000202601010000000001", "SUCCESS",
                1990, "CNY", "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", PayVectors.Moment),
            paid);
    }

    [Fact]
    public async Task The_refund_of_a_notification_is_read()
    {
        await using var bench = new PayBench();

        var news = await bench.Notifications.ReadRefund(
            PayVectors.Notification("refund success notify"), CancellationToken.None);

        Assert.Equal(
            new RefundNews(
                PayVectors.MchId, "T20260101000000000001", "4200000000202601010000000001", "R20260101000000000001",
                "50000000002026010100000000001", RefundStatus.Success, 990, 1990,
                PayVectors.Moment + TimeSpan.FromMinutes(10)),
            news);
    }

    [Fact]
    public async Task The_notification_of_a_transfer_is_neither()
    {
        await using var bench = new PayBench();
        var transfer = PayVectors.Notification("transfer finished notify");

        Assert.Null(await bench.Notifications.ReadPayment(transfer, CancellationToken.None));
        Assert.Null(await bench.Notifications.ReadRefund(transfer, CancellationToken.None));
    }

    [Fact]
    public async Task The_certificate_of_a_download_verifies_what_is_signed_with_it()
    {
        await using var bench = new PayBench(PayVectors.Options(hasPublicKey: false));
        var vector = PayVectors.Named("certificates download");
        var headers = vector.GetProperty("headers");
        var body = Encoding.UTF8.GetBytes(Text(vector, "body"));
        bench.Server.Certificates = () => PayServer.Sealed(200, body, new(
            Text(headers, "Wechatpay-Timestamp"), Text(headers, "Wechatpay-Nonce"), Text(headers, "Wechatpay-Signature"),
            Text(headers, "Wechatpay-Serial"), body));
        var good = PayVectors.Notification("pay success notify");

        var paid = await bench.Notifications.ReadPayment(
            good with { Serial = PayVectors.PlatformSerial }, CancellationToken.None);

        Assert.Equal("4200000000202601010000000001", paid?.TransactionId);
    }

    private static TheoryData<string> Names(string kind) =>
        [.. PayVectors.OfKind(kind).Select(each => Text(each, "name"))];

    private static string Text(JsonElement vector, string name) => vector.GetProperty(name).GetString()!;
}
