using System.Collections.Concurrent;
using System.Diagnostics;
using Pond.Tests.Flavours;
using Pond.Tests.Simulation;

namespace Pond.Tests.PlantedBugs;

/// <summary>A copy of the app with all bugs in it, of which one at a time is at work, and the tests beside it.</summary>
internal sealed class PlantedTree : IDisposable
{
    private const int Processes = 2;

    /// <summary>For one bug.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(25);

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("planted");
    private readonly string own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);

    /// <summary>Copies, plants and builds.</summary>
    public static async Task<PlantedTree> Grow()
    {
        var tree = new PlantedTree();
        tree.CopySources();
        tree.Plant();
        await tree.Build();
        return tree;
    }

    /// <summary>Looks for bugs in processes side by side, each of which takes the next one when it is done.</summary>
    /// <param name="told">Gets what the processes tell people in the end.</param>
    public async Task<IReadOnlyList<PlantedFinding>> Search(IEnumerable<PlantedQuest> quests, TextWriter? told = null)
    {
        var open = new ConcurrentQueue<PlantedQuest>(quests);
        var found = await Task.WhenAll(
            Enumerable.Range(0, Processes).Select(_ => SearchInProcess(open, told ?? TextWriter.Null)));
        return [.. found.SelectMany(findings => findings)];
    }

    private async Task<IReadOnlyList<PlantedFinding>> SearchInProcess(
        ConcurrentQueue<PlantedQuest> open, TextWriter told)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Tests, "Pond.Tests.dll"), "planted", "search"])
        {
            WorkingDirectory = root.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        OneThread.Prepare(start);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            var findings = new List<PlantedFinding>();
            while (open.TryDequeue(out var quest))
            {
                await process.StandardInput.WriteLineAsync(quest.ToString());
                var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeLimit);
                findings.Add(PlantedFinding.Parse(line ?? throw new InvalidOperationException(await errors)));
            }

            process.StandardInput.Close();
            await told.WriteAsync(await errors);
            return findings;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => root.Delete(recursive: true);

    private string Tests => Path.Combine(root.FullName, "tests");

    // Where the tests were built for: .../bin/none/Debug/net10.0.
    private string Flavour => own.Split(Path.DirectorySeparatorChar)[^3];

    private string Configuration => own.Split(Path.DirectorySeparatorChar)[^2];

    private void CopySources()
    {
        foreach (var file in Directory.EnumerateFiles(SourceTree.Root))
            File.Copy(file, Path.Combine(root.FullName, Path.GetFileName(file)));
        CopyFolder("functions", exceptFor: "bin");
        CopyFolder("localhost"); // with what it was built to: nothing is planted there
        Copy(new DirectoryInfo(own), Tests);
    }

    private void CopyFolder(string name, string? exceptFor = null) =>
        Copy(new DirectoryInfo(Path.Combine(SourceTree.Root, name)), Path.Combine(root.FullName, name), exceptFor);

    private static void Copy(DirectoryInfo from, string to, string? exceptFor = null)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in from.EnumerateDirectories().Where(folder => folder.Name != exceptFor))
            Copy(folder, Path.Combine(to, folder.Name));
    }

    private void Plant()
    {
        var functions = Path.Combine(root.FullName, "functions");
        File.WriteAllText(Path.Combine(functions, "Planted.cs"), """
            namespace Pond;

            public static class Planted
            {
                public static string Bug = "";

                public static bool Is(string name) => Bug == name;
            }
            """);
        foreach (var (name, patch) in PlantedBug.All.SelectMany(bug => bug.Patches.Select(patch => (bug.Name, patch))))
        {
            var file = Path.Combine(functions, patch.File);
            File.WriteAllText(file, patch.ApplyTo(File.ReadAllText(file), name));
        }
    }

    private async Task Build()
    {
        var (exitCode, output) = await Dotnet.Run(
            "build", Path.Combine(root.FullName, "functions"), "-c", Configuration, "-v", "q", "--no-restore", "-nologo",
            "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:BuildProjectReferences=false",
            $"-p:AzureSdk={Flavour}",
            $"-p:AzureNpmDist={SourceTree.Root}/miniprogram-api-tests/azure/node_modules/@azure/mcp-linux-x64/dist/");
        Assert.True(exitCode == 0, output);
        foreach (var name in new[] { "Pond.dll", "Pond.pdb" })
        {
            var built = Path.Combine(root.FullName, "functions", "bin", Flavour, Configuration, "net10.0", name);
            File.Copy(built, Path.Combine(Tests, name), overwrite: true);
        }
    }
}
