using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Pond.Platform.Queues;

namespace Pond.Tests.Infra;

/// <summary>What infra/ makes is what the app uses, and nothing in it is open or secret.</summary>
public sealed partial class DeclaringResources
{
    /// <summary>What an app on Flex Consumption must not have: it fails there, or does nothing.</summary>
    private static readonly string[] NotOnFlexConsumption =
    [
        "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_CONTENTSHARE",
        "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", "SCM_DO_BUILD_DURING_DEPLOYMENT", "WEBSITE_TIME_ZONE",
        "TZ", "linuxFxVersion", "alwaysOn", "netFrameworkVersion", "ftpsState", "Microsoft.Web/sites/slots",
    ];

    /// <summary>Ways to get at an account's keys; ours has them off.</summary>
    private static readonly string[] WaysToKeys =
        ["listKeys", "AccountKey=", "DefaultEndpointsProtocol", "SharedAccessSignature", "listAccountSas"];

    private static readonly BicepFile Storage = BicepFile.Named("storage.bicep");
    private static readonly BicepFile App = BicepFile.Named("functionApp.bicep");

    [Fact]
    public void There_is_a_queue_for_every_trigger_and_a_poison_queue_for_each()
    {
        var queues = ((BicepValue.Items)Storage.Variable("triggeredQueues")).Values.Cast<BicepValue.Text>();

        Assert.Equal(TriggeredQueues.Names, queues.Select(queue => queue.Value));
        Assert.Equal(
            "map(triggeredQueues, queue => '${queue}" + MessageQueues.PoisonSuffix + "')", Source("poisonQueues"));
        Assert.Matches(
            @"resource queues [^\n]+\n  for queue in concat\(triggeredQueues, poisonQueues\):", Storage.Text);
    }

    [Fact]
    public void The_alert_on_poisoned_messages_asks_for_words_that_the_app_logs()
    {
        var line = typeof(WatchPoisonQueues).GetMethods(BindingFlags.Instance | BindingFlags.NonPublic)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).Single(each => each is not null)!;
        var rules = ((BicepValue.Items)BicepFile.Named("alerts.bicep").Variable("logRules")).Values;
        var query = rules.Cast<BicepValue.Properties>()
            .Single(rule => rule["name"] is BicepValue.Text { Value: "poisoned-messages" })["query"];
        var words = Quoted().Match(((BicepValue.Text)query!).Value).Groups[1].Value;

        Assert.NotEqual("", words);
        Assert.Contains(words, line.Message);
        Assert.True(line.Level >= LogLevel.Warning);
    }

    [Fact]
    public void Every_storage_account_has_its_keys_off_and_is_closed()
    {
        var accounts = Storage.Of("resource").Where(resource => resource.Type.Contains("/storageAccounts@")).ToList();

        Assert.Equal(["hostAccount", "dataAccount"], accounts.Select(account => account.Name));
        Assert.All(accounts, account =>
        {
            var properties = Storage.Resolved(((BicepValue.Properties)account.Value!)["properties"]!);
            var closed = Assert.IsType<BicepValue.Properties>(properties);
            Assert.Equal("false", Assert.IsType<BicepValue.Expression>(closed["allowSharedKeyAccess"]).Source);
            Assert.Equal("false", Assert.IsType<BicepValue.Expression>(closed["allowBlobPublicAccess"]).Source);
            Assert.Equal("true", Assert.IsType<BicepValue.Expression>(closed["supportsHttpsTrafficOnly"]).Source);
            Assert.Equal("TLS1_2", Assert.IsType<BicepValue.Text>(closed["minimumTlsVersion"]).Value);
        });
    }

    [Fact]
    public void The_account_of_the_host_is_not_that_of_the_data()
    {
        var settings = (BicepValue.Properties)App.Variable("settings");
        var host = ((BicepValue.Expression)settings["AzureWebJobsStorage__blobServiceUri"]!).Source;
        var tables = ((BicepValue.Expression)settings["PondStorage__tableServiceUri"]!).Source;
        var queues = ((BicepValue.Expression)settings["PondStorage__queueServiceUri"]!).Source;

        Assert.Equal("hostBlobs", host);
        Assert.Equal(
            "'https://${hostAccountName}.blob.${storageSuffix}'", ((BicepValue.Expression)App.Variable(host)).Source);
        Assert.Equal("'https://${dataAccountName}.table.${storageSuffix}'", tables);
        Assert.Equal("'https://${dataAccountName}.queue.${storageSuffix}'", queues);
    }

    [Fact]
    public void Every_role_is_a_known_one_that_is_called_by_its_name() => AssertNone(
        from file in BicepFile.All
        from line in file.Text.Split('\n')
        where AnyGuid().IsMatch(line)
        let role = RoleVariable().Match(line)
        where !role.Success || AzureRoles.Known.GetValueOrDefault(role.Groups["id"].Value) != role.Groups["name"].Value
        select $"{file.Path}: {line}");

    [Fact]
    public void Every_role_assignment_is_named_by_its_scope_principal_and_role()
    {
        var assignments = BicepFile.All
            .SelectMany(file => file.Of("resource").Where(each => each.Type.Contains("/roleAssignments@"))).ToList();

        Assert.Equal(6, assignments.Count);
        Assert.All(assignments, assignment =>
        {
            var body = (BicepValue.Properties)assignment.Value!;
            var properties = (BicepValue.Properties)body["properties"]!;
            var scope = ((BicepValue.Expression)body["scope"]!).Source;
            var principal = ((BicepValue.Expression)properties["principalId"]!).Source;
            var role = RoleOfDefinition().Match(((BicepValue.Expression)properties["roleDefinitionId"]!).Source);
            Assert.Equal(
                $"guid({scope}.id, {principal}, {role.Groups["role"].Value})",
                ((BicepValue.Expression)body["name"]!).Source);
        });
    }

    [Fact]
    public void Nothing_asks_for_a_key() => AssertNone(
        from path in SourceTree.Files("infra", "*")
        where !path.EndsWith(".md", StringComparison.Ordinal)
        let text = SourceTree.Text(path)
        from way in WaysToKeys
        where text.Contains(way, StringComparison.OrdinalIgnoreCase)
        select $"{path} says {way}");

    [Fact]
    public void Nothing_is_set_that_Flex_Consumption_refuses() => AssertNone(
        from file in BicepFile.All
        from name in NotOnFlexConsumption
        where Regex.IsMatch(file.Text, $@"\b{name}\b", RegexOptions.IgnoreCase)
        select $"{file.Path} says {name}");

    private static string Source(string variable) => ((BicepValue.Expression)Storage.Variable(variable)).Source;

    private static void AssertNone(IEnumerable<string> findings) => Assert.Equal("", string.Join('\n', findings));

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex AnyGuid();

    [GeneratedRegex(@"^var \w+ = '(?<id>[0-9a-f-]{36})' // (?<name>[\w ]+)$")]
    private static partial Regex RoleVariable();

    [GeneratedRegex(@"^subscriptionResourceId\('Microsoft\.Authorization/roleDefinitions', (?<role>\w+)\)$")]
    private static partial Regex RoleOfDefinition();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();
}
