using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pond.Platform;
using Pond.Platform.WeChat;

namespace Pond.Tests.WeChat;

/// <summary>A wish for a code as WeChat gets it, and its answers taken for what they are.</summary>
public sealed class DrawingMiniProgramCodes : IAsyncLifetime
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

    private readonly Peer peer = new();
    private readonly CapturedLog log = new();
    private ServiceProvider services = null!;

    public Task InitializeAsync()
    {
        var wired = new ServiceCollection()
            .AddSingleton<TimeProvider>(new ImpatientClock())
            .AddSingleton<Dice>()
            .AddLogging(logging => logging.AddProvider(log))
            .AddWeChat(new() { AppId = WeChatBench.AppId, AppSecret = WeChatBench.AppSecret });
        foreach (var client in new[] { nameof(WeChatCalls), nameof(MiniProgramCodes) })
            wired.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => peer);
        services = wired.BuildServiceProvider();
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => services.DisposeAsync().AsTask();

    [Fact]
    public async Task WeChat_is_told_scene_page_and_width_in_a_body_of_known_length()
    {
        var drawn = Assert.IsType<CodeOutcome.Drawn>(await Draw());

        Assert.Equal("image/jpeg", drawn.MediaType);
        Assert.Equal(Jpeg, drawn.Image);
        Assert.Equal(
            ("/wxa/getwxacodeunlimit?access_token=t1", """{"scene":"c-1","page":"pages/index/index","width":430}"""),
            Assert.Single(peer.Wishes));
    }

    [Theory]
    [InlineData(40097), InlineData(40129), InlineData(40169), InlineData(41030), InlineData(47001), InlineData(85096)]
    public async Task A_no_for_good_is_one(int errCode)
    {
        peer.Answers.Enqueue(Json(errCode));

        Assert.Equal(new CodeOutcome.Refused(errCode), await Draw());
    }

    [Theory]
    [InlineData(-1), InlineData(45009), InlineData(45011), InlineData(48001)]
    public async Task Whatever_may_be_mended_is_asked_again_later(int errCode)
    {
        peer.Answers.Enqueue(Json(errCode));

        Assert.Equal(new CodeOutcome.Busy(), await Draw());
        Assert.Single(peer.Wishes);
    }

    [Theory]
    [InlineData(40001), InlineData(40014), InlineData(42001)]
    public async Task A_token_that_WeChat_does_not_take_is_renewed_once(int errCode)
    {
        peer.Answers.Enqueue(Json(errCode));
        Assert.IsType<CodeOutcome.Drawn>(await Draw());
        peer.Answers.Enqueue(Json(errCode));
        peer.Answers.Enqueue(Json(errCode));
        Assert.IsType<CodeOutcome.Busy>(await Draw());

        Assert.Equal(4, peer.Wishes.Count);
    }

    [Fact]
    public async Task The_first_bytes_tell_a_picture_whatever_its_type_says()
    {
        peer.Answers.Enqueue((HttpStatusCode.OK, [0x89, (byte)'P', (byte)'N', (byte)'G', 0]));
        Assert.Equal("image/png", Assert.IsType<CodeOutcome.Drawn>(await Draw()).MediaType);

        (HttpStatusCode, byte[])[] odd =
        [
            (HttpStatusCode.OK, []), (HttpStatusCode.OK, "<html>"u8.ToArray()), (HttpStatusCode.BadGateway, Jpeg),
            (HttpStatusCode.OK, new byte[MiniProgramCodes.ImageBytesMax + 1]), (HttpStatusCode.OK, "[]"u8.ToArray()),
        ];
        foreach (var answer in odd)
        {
            peer.Answers.Enqueue(answer);
            Assert.IsType<CodeOutcome.Busy>(await Draw());
        }

        Assert.DoesNotContain("t1", string.Join('\n', log.Lines));
    }

    private Task<CodeOutcome> Draw() => services.GetRequiredService<MiniProgramCodes>()
        .Draw("c-1", "pages/index/index", 430, CancellationToken.None);

    private static (HttpStatusCode, byte[]) Json(int errCode) =>
        (HttpStatusCode.OK, Encoding.UTF8.GetBytes($$"""{"errcode":{{errCode}},"errmsg":"no, rid: 1-2-3"}"""));

    /// <summary>Tokens t1, t2 …; a picture once nothing else is left to say.</summary>
    private sealed class Peer : HttpMessageHandler
    {
        private int tokens;

        public List<(string Path, string Body)> Wishes { get; } = [];

        public Queue<(HttpStatusCode Status, byte[] Body)> Answers { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            if (request.RequestUri!.AbsolutePath == "/cgi-bin/stable_token")
            {
                var token = $$"""{"access_token":"t{{++tokens}}","expires_in":7200}""";
                return new HttpResponseMessage { Content = new StringContent(token) };
            }

            Assert.NotNull(request.Content!.Headers.ContentLength);
            Wishes.Add((request.RequestUri.PathAndQuery, await request.Content.ReadAsStringAsync(cancel)));
            var (status, body) = Answers.Count > 0 ? Answers.Dequeue() : (HttpStatusCode.OK, Jpeg);
            return new HttpResponseMessage(status) { Content = new ByteArrayContent(body) };
        }
    }
}
