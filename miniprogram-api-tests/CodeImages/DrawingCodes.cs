using System.Net;
using Pond.CodeImages;
using Pond.LocalHost.WeChatSandbox;
using Pond.Shares;
using Pond.Tests.Channels;
using Pond.Tests.Products;
using Pond.Tests.Shares;

namespace Pond.Tests.CodeImages;

/// <summary>Mini-program codes, for posters and for the printer.</summary>
[Rule("INV-04")]
public sealed class DrawingCodes : IAsyncLifetime
{
    private const string WeChatPath = "/wxa/getwxacodeunlimit";

    private MiniProgramApi api = null!;
    private Phone phone = null!;

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start();
        phone = await api.LogIn("alice");
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task A_share_has_one_picture_however_often_and_by_whomever_it_is_asked_for()
    {
        var token = await phone.ShareToken("product", ProductSteps.SpuOf(await api.Sell(stock: 1)));
        Assert.Equal("code_image.missing", await (await Picture(token)).Code());

        var asked = await Order(token);
        Assert.Equal((HttpStatusCode.Accepted, "pending"), (asked.StatusCode, (await asked.Json()).Text("state")));
        Assert.Equal("code_image.pending", await (await Picture(token)).Code());
        await (await api.LogIn("bob")).Post($"/api/shares/{token}/code");
        await api.DeliverThrice(seed: 5);
        var again = await Order(token);
        await api.Deliver();

        Assert.Equal("ready", (await again.Json()).Text("state"));
        Assert.Equal(new SandboxCode(token, ShareRules.CodePage, ShareRules.CodeWidthPx), Assert.Single(api.Sandbox.Pages.Drawn));
        await AssertPicture(await Picture(token), ShareRules.CodeWidthPx);
    }

    [Fact]
    public async Task An_invite_code_has_a_picture_in_whatever_letters_it_is_asked_for()
    {
        var code = await phone.InviteCode();
        (await Order(code.ToLowerInvariant())).EnsureSuccessStatusCode();
        await api.Deliver();

        await AssertPicture(await Picture(code), ShareRules.CodeWidthPx);
        Assert.Equal(code, Assert.Single(api.Sandbox.Pages.Drawn).Scene);
    }

    [Fact]
    [Rule("CHN-01")]
    public async Task A_channel_has_one_large_enough_for_print()
    {
        var channel = await api.Channel();
        var path = $"{ChannelSteps.ChannelsPath}/{channel.Text("channelId")}/code";
        (await api.Operator().Post(path)).EnsureSuccessStatusCode();
        await api.Deliver();

        await AssertPicture(await api.Operator().Get(path), Pond.Channels.Channel.CodeWidthPx);
        Assert.Equal(channel.Text("scene"), Assert.Single(api.Sandbox.Pages.Drawn).Scene);
    }

    [Theory]
    [InlineData(45009), InlineData(-1), InlineData(40001), InlineData(48001)]
    public async Task While_WeChat_is_busy_the_queue_asks_again(int errCode)
    {
        var code = await phone.InviteCode();
        api.Sandbox.Failures.Add(new Failure(WeChatPath, FailureKind.ErrCode, Times: 2, ErrCode: errCode));
        (await Order(code)).EnsureSuccessStatusCode();

        for (var time = 0; time < 3; time++)
        {
            await api.Deliver();
            api.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        await AssertPicture(await Picture(code), ShareRules.CodeWidthPx);
    }

    [Fact]
    public async Task What_WeChat_refuses_can_be_asked_for_again_after_a_while()
    {
        var code = await phone.InviteCode();
        api.Sandbox.Pages.Withdraw(ShareRules.CodePage);
        (await Order(code)).EnsureSuccessStatusCode();
        await api.Deliver();
        Assert.Equal("code_image.refused", await (await Picture(code)).Code());

        api.Sandbox.Pages.Reset(); // the page is released
        Assert.Equal("refused", (await (await Order(code)).Json()).Text("state"));
        api.Clock.Advance(CodeImageRules.RefusedFor);
        Assert.Equal("pending", (await (await Order(code)).Json()).Text("state"));
        await api.Deliver();

        await AssertPicture(await Picture(code), ShareRules.CodeWidthPx);
    }

    [Theory]
    [InlineData("nothing"), InlineData("00000000000000000000000000"), InlineData("22222222")]
    public async Task What_was_not_shared_has_no_picture(string token)
    {
        Assert.Equal("share.missing", await (await Order(token)).Code());
        Assert.Equal("share.missing", await (await Picture(token)).Code());
        await api.Deliver();
        Assert.Empty(api.Sandbox.Pages.Drawn);
    }

    private Task<HttpResponseMessage> Order(string token) => phone.Post($"/api/shares/{token}/code");

    private Task<HttpResponseMessage> Picture(string token) => api.Http.GetAsync($"/api/shares/{token}/code");

    // A JPEG of that width and height, whole from its first byte to its last.
    private static async Task AssertPicture(HttpResponseMessage answer, int widthPx)
    {
        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal([0xFF, 0xD8], bytes[..2]);
        Assert.Equal([0xFF, 0xD9], bytes[^2..]);
        var frame = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        Assert.Equal((widthPx, widthPx), (Number(bytes, frame + 5), Number(bytes, frame + 7)));
    }

    private static int Number(byte[] bytes, int at) => (bytes[at] << 8) | bytes[at + 1];
}
