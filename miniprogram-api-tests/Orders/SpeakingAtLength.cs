using System.Net;
using System.Text;
using Pond.Platform.WeChat;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.Orders;

/// <summary>WeChat Pay counts bytes, and refuses what is longer: then nobody could pay, or be paid back.</summary>
public sealed class SpeakingAtLength(OrderApp app) : IClassFixture<OrderApp>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact, Rule("ORD-02")]
    public async Task The_longest_title_is_paid_for_and_the_longest_reason_paid_back()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(title: new string('茶', 60)));

        var orderId = await phone.Bought(new Wish(skuId, 2));
        var given = await api.Operator().Post(
            $"/api/operator/orders/{orderId}/refunds", new { reason = new string('退', 80) });
        Assert.Equal(HttpStatusCode.Created, given.StatusCode);
        await api.PayBack();

        Assert.Equal("refunded", await phone.OrderState(orderId));
        var payment = api.Sandbox.Pay.Payments.Single(one => one.OutTradeNo.StartsWith(orderId, StringComparison.Ordinal));
        Assert.EndsWith("茶 等2件", payment.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("茶叶", 6, "茶叶")]
    [InlineData("茶叶", 5, "茶")]
    [InlineData("茶叶", 2, "")]
    [InlineData("a🍵b", 5, "a🍵")]
    [InlineData("a🍵b", 4, "a")]
    [InlineData("", 0, "")]
    public void Text_is_cut_between_characters(string text, int bytes, string cut)
    {
        Assert.Equal(cut, Utf8Text.Cut(text, bytes));
        Assert.InRange(Encoding.UTF8.GetByteCount(cut), 0, Math.Min(bytes, WeChatPay.ReasonBytesMax));
    }
}
