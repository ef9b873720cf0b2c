using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace Pond.Tests.Infra;

/// <summary>The deploy script, with tools in place of Azure's that only write down how they are called.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class DeployingByScript : IDisposable
{
    private static readonly string Script = Path.Combine(SourceTree.Root, "infra", "deploy.sh");
    private static readonly string StandIn =
        Path.Combine(SourceTree.Root, "miniprogram-api-tests", "Infra", "stand-in.sh");

    /// <summary>What the script may use that every machine has.</summary>
    private static readonly string[] OfTheSystem = ["bash", "dirname", "mktemp", "mkdir", "rm", "cat", "grep"];

    private readonly string folder = Directory.CreateTempSubdirectory("pond-deploy-").FullName;
    private readonly Dictionary<string, string> settings = new()
    {
        ["POND_LOCATION"] = "southeastasia",
        ["POND_ALERT_EMAIL"] = "somebody@example.com",
        ["POND_WECHAT_APP_ID"] = "wxaaaaaaaaaaaaaaaa",
        ["POND_WECHAT_APP_SECRET"] = "told-to-the-vault-only",
        ["POND_WECHAT_PAY_MCH_ID"] = "1900000109",
        ["POND_WECHAT_PAY_MERCHANT_SERIAL"] = "0123456789ABCDEF0123456789ABCDEF01234567",
        ["POND_WECHAT_PAY_PRIVATE_KEY"] = "told-to-the-vault-only",
        ["POND_WECHAT_PAY_API_V3_KEY"] = "told-to-the-vault-only",
    };

    public DeployingByScript()
    {
        foreach (var tool in OfTheSystem) File.CreateSymbolicLink(Path.Combine(folder, tool), Found(tool));
        settings["CALLS"] = CallsPath;
        settings["PATH"] = folder;
    }

    private string CallsPath => Path.Combine(folder, "calls");

    private string[] Calls => File.Exists(CallsPath) ? File.ReadAllLines(CallsPath) : [];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Its_syntax_is_that_of_bash() => Assert.Equal((0, ""), await Run("-n", Script));

    [Theory]
    [InlineData]
    [InlineData("publish")]
    [InlineData("destroy", "dev")]
    [InlineData("publish", "dev", "now")]
    public async Task A_call_that_it_does_not_know_is_answered_with_how_to_call_it(params string[] arguments)
    {
        var (code, said) = await Run([Script, .. arguments]);

        Assert.Equal(2, code);
        Assert.Contains("Usage: infra/deploy.sh COMMAND ENVIRONMENT", said);
        Assert.Empty(Calls);
    }

    [Fact]
    public async Task An_environment_without_parameters_is_named() => Assert.Equal(
        (1, "deploy.sh: there is no infra/main.mars.bicepparam\n"), await Run(Script, "provision", "mars"));

    [Fact]
    public async Task Every_missing_tool_is_named_at_once()
    {
        Assert.Equal(
            (1, "deploy.sh: these tools are missing: az dotnet zip\n"), await Run(Script, "publish", "dev"));
        Assert.Equal(
            (1, "deploy.sh: these tools are missing: az dotnet func\n"), await Run(Script, "publish-func", "dev"));
    }

    [Fact]
    public async Task Every_missing_setting_is_named_at_once()
    {
        Tools("az");
        foreach (var name in settings.Keys.Where(name => name.StartsWith("POND_"))) settings.Remove(name);

        var (code, said) = await Run(Script, "provision", "dev");

        Assert.Equal(1, code);
        Assert.Contains("POND_LOCATION POND_ALERT_EMAIL POND_WECHAT_APP_ID POND_WECHAT_PAY_MCH_ID", said);
        Assert.Empty(Calls);
    }

    [Theory, InlineData("provision", "create"), InlineData("preview", "what-if")]
    public async Task Resources_come_from_the_parameters_of_the_environment(string command, string verb)
    {
        Tools("az");

        var (code, said) = await Run(Script, command, "prod");

        Assert.True(code == 0, said);
        Assert.Contains(
            $"az deployment sub {verb} --name pond-prod --location southeastasia " +
            "--parameters infra/main.prod.bicepparam",
            Calls[^1]);
    }

    [Theory]
    [InlineData("2025-03-01T00:00:00Z", "2025-03-01")]
    [InlineData("", @"\d{4}-\d{2}-01")]
    public async Task A_budget_keeps_the_month_that_it_was_made_in_and_a_new_one_starts_with_this(string start, string told)
    {
        Tools("az");
        settings["BUDGET"] = start;

        var (code, said) = await Run(Script, "provision", "prod");

        Assert.True(code == 0, said);
        Assert.Matches($"# budget from {told}$", Calls[^1]);
    }

    [Fact]
    public async Task Publishing_builds_with_the_real_worker_and_deploys_a_zip()
    {
        Tools("az", "dotnet", "zip");

        var (code, said) = await Run(Script, "publish", "dev");

        Assert.True(code == 0, said);
        Assert.Contains("AzureSdk=nuget dotnet publish functions", string.Join('\n', Calls));
        Assert.Contains("az functionapp deployment source config-zip", Calls[^1]);
        Assert.Contains("--resource-group the-resourceGroupName --name the-functionAppName", Calls[^1]);
    }

    [Fact]
    public async Task The_Functions_tools_build_with_the_real_worker_too()
    {
        Tools("az", "dotnet", "func");

        var (code, said) = await Run(Script, "publish-func", "dev");

        Assert.True(code == 0, said);
        Assert.Equal(
            "AzureSdk=nuget func azure functionapp publish the-functionAppName --dotnet-isolated", Calls[^1]);
    }

    [Fact]
    public async Task The_vault_gets_every_secret_that_it_lacks_and_no_call_tells_one()
    {
        Tools("az", "openssl");

        var (code, said) = await Run(Script, "secrets", "dev");

        Assert.True(code == 0, said);
        Assert.Equal(
            [
                "put wechat-app-secret", "put wechat-pay-private-key", "put wechat-pay-api-v3-key", "put session-signing-key-the-signingKeyId", "put personal-data-master-key",
                "put personal-data-index-key", "put operators-bootstrap-key",
            ],
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(Calls, call => call.Contains("told-to-the-vault-only"));
        Assert.DoesNotContain("told-to-the-vault-only", said);
        Assert.Contains("/config/configreferences/appsettings/refresh", Calls[^1]);
    }

    [Fact]
    public async Task A_secret_that_the_vault_holds_is_never_replaced()
    {
        Tools("az", "openssl");
        settings["HELD"] = "wechat-app-secret\npersonal-data-master-key";
        settings.Remove("POND_WECHAT_APP_SECRET");

        var (code, said) = await Run(Script, "secrets", "dev");

        Assert.True(code == 0, said);
        Assert.Contains("kept wechat-app-secret", said);
        Assert.Contains("kept personal-data-master-key", said);
        Assert.DoesNotContain(
            Calls, call => call.Contains("secret set") && PresentSecret().IsMatch(call));
    }

    [Fact]
    public async Task The_bootstrap_key_is_not_made_again_once_it_is_taken_away()
    {
        Tools("az", "openssl");
        settings["HAS_BOOTSTRAP_KEY"] = "false";

        var (code, said) = await Run(Script, "secrets", "dev");

        Assert.True(code == 0, said);
        Assert.DoesNotContain("operators-bootstrap-key", said);
    }

    [Fact]
    public async Task A_vault_that_does_not_tell_what_it_holds_gets_nothing()
    {
        Tools("az", "openssl");
        settings["REFUSED"] = "secret list";

        var (code, _) = await Run(Script, "secrets", "dev");

        Assert.NotEqual(0, code);
        Assert.DoesNotContain(Calls, call => call.Contains("secret set"));
    }

    private void Tools(params string[] names)
    {
        foreach (var name in names) File.CreateSymbolicLink(Path.Combine(folder, name), StandIn);
    }

    private static string Found(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(place => Path.Combine(place, tool)).First(File.Exists);

    private async Task<(int Code, string Said)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, "bash"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in settings) start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said));
    }

    [GeneratedRegex("wechat-app-secret|personal-data-master-key")]
    private static partial Regex PresentSecret();
}
