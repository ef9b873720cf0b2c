using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pond.LocalHost;
using Pond.LocalHost.Demo;
using Pond.LocalHost.WeChatSandbox;
using Pond.Platform.Http;

namespace Pond.Tests.Demo;

/// <summary>The whole app on free ports, with the switch that starts the demo.</summary>
public sealed class DemoTests : IAsyncLifetime
{
    private const string AppId = "wx00000000000000aa";
    private const string AppSecret = "5ec2e7000000000000000000000000cc";

    private static readonly TimeSpan EndMax = TimeSpan.FromMinutes(1);

    private readonly string folder = Directory.CreateTempSubdirectory("pond-demo-").FullName;
    private readonly SandboxServer sandbox =
        new(new(AppId, AppSecret, Port: 0, MerchantAccount.AtWeChat), TimeProvider.System);

    public Task InitializeAsync() => sandbox.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task It_reaches_its_summary_and_does_so_again_on_the_same_data()
    {
        var first = await Play("--demo");
        var second = await Play("--demo");

        Assert.All([first, second], shown =>
        {
            Assert.Contains("✔ 演示完成", shown, StringComparison.Ordinal);
            Assert.Contains("Ctrl+C", shown, StringComparison.Ordinal);
            Assert.Contains("已被领完", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("✖", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("\e", shown, StringComparison.Ordinal);
        });
        Assert.Equal(
            ["│ 满30减5 │ 200 │ 8 │ 192 │ 可领取 │", "│ 新品尝鲜券 │ 3 │ 3 │ 0 │ 已被领完 │"],
            StockLines(first));
        Assert.Equal(StockLines(first), StockLines(second));
        Assert.Equal("│ 小满 │ 109 │ 1 天 │ 1 张 │", MemberLine(first, "小满"));
        Assert.Equal("│ 小满 │ 213 │ 今日已签 │ 1 张 │", MemberLine(second, "小满"));
        Assert.All([first, second], shown => Assert.Contains("退回 ¥34.00", shown, StringComparison.Ordinal));
        Assert.All([first, second], shown =>
        {
            Assert.Contains("●●● 3/3 成团，可以发货", shown, StringComparison.Ordinal);
            Assert.Contains("现价 ¥19.00，●●● 3/3", shown, StringComparison.Ordinal);
            Assert.Contains("付款 ¥19.00，砍价完成", shown, StringComparison.Ordinal);
        });
        Assert.Contains("✔ 茉莉 签到第 1 天 +5 分", Lines(first));
        Assert.Contains("✔ 茉莉 今天已签到", Lines(second));
        Assert.Equal("│ 半糖去冰 │ 5 │ 1 天 │ 3 张 │", MemberLine(first, "半糖去冰"));
        Assert.Equal("│ 半糖去冰 │ 5 │ 今日已签 │ 3 张 │", MemberLine(second, "半糖去冰"));
    }

    [Fact]
    public async Task A_wrong_answer_is_shown_ends_the_journey_and_sets_the_exit_code()
    {
        sandbox.Shoppers.MarkRisk("小满", highRisk: true);
        try
        {
            var shown = await Play("--demo");

            Assert.Contains("✖ POST /api/session 403", shown, StringComparison.Ordinal);
            Assert.Contains("session.blocked", shown, StringComparison.Ordinal);
            Assert.Contains("✖ 演示中断", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("设置昵称", shown, StringComparison.Ordinal);
            Assert.Equal(1, Environment.ExitCode);
        }
        finally
        {
            Environment.ExitCode = 0;
        }
    }

    [Fact]
    public async Task A_wrong_answer_is_the_exit_code_of_the_process()
    {
        sandbox.Shoppers.MarkRisk("小满", highRisk: true);
        var start = new ProcessStartInfo("dotnet", [typeof(Composition).Assembly.Location, .. Args(["--demo"])])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        start.Environment["Pond__DataPath"] = folder;
        using var process = Process.Start(start)!;
        try
        {
            string? line;
            do line = await process.StandardOutput.ReadLineAsync().WaitAsync(EndMax);
            while (line?.Contains("演示中断", StringComparison.Ordinal) is false);
            Assert.NotNull(line);
            var rest = process.StandardOutput.ReadToEndAsync();
            using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await kill.WaitForExitAsync();
            await process.WaitForExitAsync().WaitAsync(EndMax);
            await rest;

            Assert.Equal(1, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production", "--demo")]
    public void It_stays_away_unless_it_is_asked_for_in_development(string environment, params string[] args)
    {
        using var host = Options(TextWriter.Null, [.. args, "--environment", environment]).CreateBuilder().Build();

        Assert.Null(host.Services.GetService<DemoService>());
    }

    /// <summary>
    /// Starts the app, waits for the demo's end, sees that the app still serves, and gives what was shown.
    /// </summary>
    private async Task<string> Play(params string[] args)
    {
        using var output = new StringWriter();
        using var host = Build(output, args);
        await host.StartAsync();
        sandbox.Pay.NotifyTo = new Uri(
            host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        using (var telling = new NotificationLoop(sandbox, TimeProvider.System))
        {
            await telling.StartAsync(CancellationToken.None);
            await host.Services.GetRequiredService<DemoService>().ExecuteTask!;
            await telling.StopAsync(CancellationToken.None);
        }

        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        Assert.False(lifetime.ApplicationStopping.IsCancellationRequested);
        await host.StopAsync();
        return output.ToString();
    }

    private IHost Build(TextWriter output, string[] args)
    {
        var builder = (Options(output, args) with { Includes = _ => true }).CreateBuilder();
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<ProblemMiddleware>();
        builder.Services.AddPond(builder.Configuration, builder.Environment);
        return builder.Build();
    }

    /// <summary>As on a developer's machine, without functions.</summary>
    private LocalHostOptions Options(TextWriter output, string[] args) => new()
    {
        Args = Args(args),
        Folders = [folder],
        FunctionsAssembly = typeof(Composition).Assembly,
        Includes = _ => false,
        Output = output,
    };

    private string[] Args(string[] args) =>
    [
        .. args, "--port", "0", "--Logging:LogLevel:Default", "None",
        "--WeChatPay:MchId", MerchantAccount.MchId, "--WeChatPay:MerchantSerial", MerchantAccount.Serial,
        "--WeChatPay:PrivateKey", MerchantAccount.PrivateKey, "--WeChatPay:ApiV3Key", MerchantAccount.ApiV3Key,
        "--WeChatPay:ApiBase", sandbox.Address.ToString(), "--WeChatPay:NotifyBase", "http://localhost:7071",
        "--WeChat:AppId", AppId, "--WeChat:AppSecret", AppSecret, "--WeChat:ApiBase", sandbox.Address.ToString(),
        "--WeChatPay:MchId", MerchantAccount.MchId, "--WeChatPay:MerchantSerial", MerchantAccount.Serial,
        "--WeChatPay:PrivateKey", MerchantAccount.PrivateKey, "--WeChatPay:ApiV3Key", MerchantAccount.ApiV3Key,
        "--WeChatPay:ApiBase", sandbox.Address.ToString(), "--WeChatPay:NotifyBase", "http://localhost:1",
    ];

    private static List<string> StockLines(string shown) =>
        [.. Lines(shown).Where(line => line.StartsWith("│ 满30减5", StringComparison.Ordinal)
            || line.StartsWith("│ 新品尝鲜券", StringComparison.Ordinal))];

    private static string MemberLine(string shown, string nickname) =>
        Lines(shown).Single(line => line.StartsWith($"│ {nickname} ", StringComparison.Ordinal));

    /// <summary>With each run of blanks as one.</summary>
    private static IEnumerable<string> Lines(string shown) =>
        shown.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
