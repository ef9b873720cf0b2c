using System.Text.RegularExpressions;

namespace Pond.Tests.Infra;

/// <summary>The other ways to Azure: azd and the workflow.</summary>
public sealed partial class DeployingElsewise
{
    private static readonly string Workflow = SourceTree.Text(".github/workflows/ci.yml");

    [Fact]
    public void Azd_asks_for_the_real_worker_before_it_builds()
    {
        var azd = SourceTree.Text("azure.yaml");

        Assert.Equal(4, Regex.Count(azd, @"run: azd env set AzureSdk nuget\n"));
        Assert.Contains("'azd-service-name': 'api'", BicepFile.Named("functionApp.bicep").Text);
        Assert.Matches(@"\n  api:\n    project: functions\n", azd);
    }

    [Fact]
    public void The_workflow_tests_with_the_SDK_and_packages_with_the_worker()
    {
        var (test, package) = (Job("test"), Job("package"));

        Assert.Contains("AzureSdk: npm\n", test);
        Assert.Matches(@"run: npm ci\n[\s\S]*dotnet test", test);
        Assert.Contains("AzureSdk: nuget\n", package);
        Assert.Contains("needs: test\n", package);
        Assert.Contains("dotnet publish functions --configuration Release --output app -p:AzureSdk=nuget\n", package);
        Assert.Contains("include-hidden-files: true", package);
    }

    [Fact]
    public void The_workflow_may_read_only_and_runs_actions_of_a_known_commit()
    {
        Assert.Contains("\npermissions:\n  contents: read\n", Workflow);
        Assert.DoesNotContain(": write", Workflow);
        var actions = Uses().Matches(Workflow).Select(match => match.Groups["action"].Value).ToList();
        Assert.NotEmpty(actions);
        Assert.All(actions, action => Assert.Matches("@[0-9a-f]{40} # v[0-9.]+$", action));
    }

    private static string Job(string name) =>
        Regex.Match(Workflow, $@"(?m)^  {name}:\n(    .*\n|\n)+").Value;

    [GeneratedRegex(@"uses: (?<action>.+)")]
    private static partial Regex Uses();
}
