using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pond.LocalHost;
using Pond.LocalHost.WeChatSandbox;
using Pond.Platform.WeChat;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.Settings;

/// <summary>What the app wants to know before it starts.</summary>
public sealed class StartingUp : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("pond-start-").FullName;

    private readonly Dictionary<string, string> good = new()
    {
        ["WeChat:AppId"] = "wxaaaaaaaaaaaaaaaa",
        ["WeChat:AppSecret"] = "5ec2e7000000000000000000000000cc",
        ["WeChat:ApiBase"] = WeChatOptions.RealApiBase,
        ["WeChatPay:MchId"] = "1900000109",
        ["WeChatPay:MerchantSerial"] = "0123456789ABCDEF0123456789ABCDEF01234567",
        ["WeChatPay:PrivateKey"] = MerchantAccount.PrivateKey,
        ["WeChatPay:ApiV3Key"] = MerchantAccount.ApiV3Key,
        ["WeChatPay:ApiBase"] = WeChatPayOptions.RealApiBase,
        ["WeChatPay:NotifyBase"] = "https://api.example.com",
        ["Session:SigningKeys:0:Id"] = "one",
        ["Session:SigningKeys:0:Secret"] = Convert.ToBase64String(new byte[32]),
        ["PersonalData:MasterKey"] = Convert.ToBase64String(new byte[32]),
        ["PersonalData:IndexKey"] = Convert.ToBase64String(new byte[32]),
    };

    public StartingUp() => File.WriteAllText(Path.Combine(root, "Serverless.sln"), "");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Good_settings_are_taken_in_production()
    {
        using var host = Start("Production", good).Build();

        Assert.Empty(host.Services.GetServices<SandboxServer>());
    }

    [Fact]
    public void Without_any_setting_production_names_all_that_is_missing_at_once()
    {
        var message = Refused("Production", []);

        string[] names =
        [
            "WeChat:AppId", "WeChat:AppSecret", "WeChatPay:MchId", "WeChatPay:MerchantSerial", "WeChatPay:PrivateKey",
            "WeChatPay:ApiV3Key", "WeChatPay:NotifyBase", "Session:SigningKeys", "PersonalData:MasterKey", "PersonalData:IndexKey",
        ];
        foreach (var name in names) Assert.Contains(name, message);
    }

    [Fact]
    public void Every_malformed_setting_is_named_at_once_and_no_secret_is_told()
    {
        Dictionary<string, string> wrong = new()
        {
            ["WeChat:AppId"] = "not-an-app-id",
            ["WeChat:AppSecret"] = "told-to-nobody",
            ["WeChat:ApiBase"] = "http://example.com",
            ["WeChatPay:MchId"] = "none",
            ["WeChatPay:MerchantSerial"] = "none",
            ["WeChatPay:PrivateKey"] = "told-to-nobody",
            ["WeChatPay:ApiV3Key"] = "told-to-nobody",
            ["WeChatPay:PublicKeyId"] = "none",
            ["WeChatPay:PublicKey"] = "none",
            ["WeChatPay:ApiBase"] = "http://example.com",
            ["WeChatPay:NotifyBase"] = "http://example.com",
            ["Session:SigningKeys:0:Id"] = "",
            ["Session:SigningKeys:0:Secret"] = "dG9sZC10by1ub2JvZHk=",
            ["Session:LoginsPerAddressPerMinute"] = "0",
            ["Session:LoginsPerUserPerMinute"] = "-1",
            ["Session:ClientAddressHeader"] = "x-forwarded-for",
            ["PersonalData:MasterKey"] = "told-to-nobody",
            ["PersonalData:IndexKey"] = "told-to-nobody",
            ["Operators:BootstrapKey"] = "told-to-nobody",
            ["Points:CheckInPoints"] = "-1",
            ["Points:LotMonths"] = "a year",
            ["Points:ExpiryRounding"] = "week",
            ["Points:ExpiryDays"] = "-1",
            ["Points:ExpiryDate"] = "31.12.",
            ["Points:EarnCapPerDay"] = "-1",
            ["Points:EarnCapPerKindPerDay"] = "-1",
        };

        var message = Refused("Production", wrong);

        foreach (var name in wrong.Keys) Assert.Contains(name, message);
        Assert.DoesNotContain("told-to-nobody", message);
        Assert.DoesNotContain("dG9sZC10by1ub2JvZHk=", message);
    }

    [Theory]
    [InlineData("WeChat:AppId", WeChatOptions.SampleAppId)]
    [InlineData("WeChat:AppSecret", WeChatOptions.SampleAppSecret)]
    [InlineData("WeChat:ApiBase", "http://localhost:7072")]
    [InlineData("WeChat:ApiBase", "http://api.weixin.qq.com")]
    [InlineData("WeChatPay:MchId", "1900000001")] // the sample's
    [InlineData("WeChatPay:PrivateKey", "")]
    [InlineData("WeChatPay:ApiBase", "http://localhost:7072")]
    [InlineData("WeChatPay:NotifyBase", "http://localhost:7071")]
    [InlineData("Session:SigningKeys:0:Secret", "")]
    [InlineData("Session:SigningKeys:0:Secret", "AAAA")]
    [InlineData("Session:SigningKeys:0:Id", "")]
    [InlineData("PersonalData:MasterKey", "")]
    [InlineData("PersonalData:MasterKey", "AAAA")]
    [InlineData("PersonalData:IndexKey", "")]
    [InlineData("Operators:BootstrapKey", "short")]
    [InlineData("Operators:TenantId", "contoso")]
    [InlineData("Operators:TenantId", "aaaaaaaa-0000-4000-8000-000000000001")] // without an audience
    [InlineData("Operators:Audience", "aaaaaaaa-0000-4000-8000-000000000002")] // without a tenant
    [InlineData("Operators:Authority", "http://login.example.com")]
    [InlineData("Operators:Authority", "http://127.0.0.1:7073")]
    [InlineData("Operators:Authority", "login.example.com")]
    [InlineData("Session:LoginsPerUserPerMinute", "many")]
    [InlineData("Points:LotMonths", "1.5")]
    public void Production_refuses(string name, string value)
    {
        good[name] = value;

        Assert.Contains(name, Refused("Production", good));
    }

    [Theory, InlineData("Production"), InlineData("Staging")]
    public void Only_development_makes_keys_and_a_sandbox(string environment)
    {
        WriteSample();

        Assert.ThrowsAny<Exception>(() => Start(environment, [], [root]).Build());
        Assert.False(Directory.Exists(Path.Combine(root, "data", "keys")));
    }

    [Fact]
    public void Development_starts_from_the_sample_alone_with_keys_and_a_sandbox_of_its_own()
    {
        WriteSample();

        using var host = Start("Development", [], [root]).Build();

        Assert.Single(host.Services.GetServices<SandboxServer>());
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(root, "data", "keys")));
    }

    [Fact]
    public void Production_starts_no_sandbox_even_where_settings_files_ask_for_one()
    {
        WriteSample();

        using var host = Start("Production", good, [root]).Build();

        Assert.Empty(host.Services.GetServices<SandboxServer>());
    }

    private string Refused(string environment, Dictionary<string, string> settings) =>
        Assert.Throws<SettingsException>(() => Start(environment, settings)).Message;

    private void WriteSample() => File.WriteAllText(
        Path.Combine(root, "local.settings.sample.json"),
        """
        { "Values": { "WeChat__AppId": "wx0123456789abcdef", "WeChat__AppSecret": "0123456789abcdef0123456789abcdef",
          "WeChat__ApiBase": "http://localhost:7072", "WeChatPay__MchId": "1900000001",
          "WeChatPay__MerchantSerial": "4A5B6C7D8E9F00112233445566778899AABBCCDD",
          "WeChatPay__ApiBase": "http://localhost:7072", "WeChatPay__NotifyBase": "http://localhost:7071" } }
        """);

    private FunctionsApplicationBuilder Start(
        string environment, Dictionary<string, string> settings, IReadOnlyList<string>? folders = null)
    {
        var builder = new LocalHostOptions
        {
            FunctionsAssembly = typeof(Composition).Assembly,
            Folders = folders ?? [],
            Args =
            [
                "--port=0", $"--environment={environment}", $"--Pond:DataPath={root}/data",
                .. settings.Select(each => $"--{each.Key}={each.Value}"),
            ],
        }.CreateBuilder();
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddPond(builder.Configuration, builder.Environment);
        return builder;
    }
}
