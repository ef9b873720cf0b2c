using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Pond.LocalHost;

namespace Pond.Tests.LocalHost;

public sealed class MakingDevelopmentKeys : IDisposable
{
    private static readonly string[] Keys =
    [
        "Session:SigningKeys:0:Id", "Session:SigningKeys:0:Secret", "PersonalData:MasterKey", "PersonalData:IndexKey",
        "Operators:BootstrapKey", "WeChatPay:PrivateKey", "WeChatPay:ApiV3Key",
    ];

    private readonly string root = Directory.CreateTempSubdirectory("pond-keys-").FullName;

    private string KeyFolder => Path.Combine(root, "data", "keys");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Missing_keys_are_made_once_and_kept()
    {
        var first = Configure();
        var second = Configure();

        Assert.Equal(Keys.Select(key => first[key]), Keys.Select(key => second[key]));
        Assert.Equal(32, Convert.FromBase64String(first["Session:SigningKeys:0:Secret"]!).Length);
        Assert.Equal(32, Convert.FromBase64String(first["PersonalData:MasterKey"]!).Length);
        Assert.Matches("^pond_[A-Za-z0-9_-]{43}$", first["Operators:BootstrapKey"]);
        Assert.Matches("^[A-Za-z0-9]{32}$", first["WeChatPay:ApiV3Key"]);
        using var merchant = RSA.Create();
        merchant.ImportPkcs8PrivateKey(Convert.FromBase64String(first["WeChatPay:PrivateKey"]!), out _);
        Assert.Equal(2048, merchant.KeySize);
        Assert.Equal(Path.Combine(root, "data"), first["Pond:DataPath"]);
    }

    [Fact]
    public void Another_folder_gets_other_keys()
    {
        var first = Configure();
        var second = Configure("--Pond:DataPath=elsewhere");

        Assert.All(Keys, key => Assert.NotEqual(first[key], second[key]));
        Assert.True(File.Exists(Path.Combine(root, "elsewhere", "keys", "operator-bootstrap.key")));
    }

    [Fact]
    public void The_files_are_the_owners_alone()
    {
        Configure();
        if (OperatingSystem.IsWindows()) return; // the mode is Unix's

        var files = Directory.GetFiles(KeyFolder);
        Assert.Equal(6, files.Length);
        foreach (var file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_key_that_is_configured_stays()
    {
        var configuration = Configure("--PersonalData:MasterKey=mine");

        Assert.Equal("mine", configuration["PersonalData:MasterKey"]);
        Assert.False(File.Exists(Path.Combine(KeyFolder, "personal-data.key")));
    }

    [Fact]
    public void Production_makes_no_keys()
    {
        var configuration = Configure("--environment=Production");

        Assert.All(Keys, key => Assert.Null(configuration[key]));
        Assert.False(Directory.Exists(KeyFolder));
    }

    private ConfigurationManager Configure(params string[] args) => new LocalHostOptions
    {
        Args = args,
        Folders = [root],
        FunctionsAssembly = typeof(HttpSamples).Assembly,
    }.CreateBuilder().Configuration;
}
