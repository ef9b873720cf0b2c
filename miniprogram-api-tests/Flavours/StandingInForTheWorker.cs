using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Pond.LocalHost;

namespace Pond.Tests.Flavours;

/// <summary>
/// What is built against the stand-in builds against the Functions worker too: the stand-in has nothing that the
/// worker has not, and the app uses nothing else of the local host.
/// </summary>
public sealed class StandingInForTheWorker
{
    /// <summary>Of the worker 2.52 and its extensions, what the app and its host need.</summary>
    private const string ListFile = "miniprogram-api-tests/Flavours/worker-surface.txt";

    private static readonly string[] Listed = File.ReadAllLines(Path.Combine(SourceTree.Root, ListFile));

    [Fact]
    public void The_stand_in_is_the_worker_member_for_member()
    {
        var types = typeof(LocalHostOptions).Assembly.GetTypes().Where(type => IsOfTheWorker(type.Namespace));

        Assert.Equal(string.Join('\n', Listed), string.Join('\n', PublicSurface.Of(types)));
    }

    [Fact]
    public void The_app_uses_nothing_of_the_local_host_but_the_worker_s_types_and_what_delivers_queues_locally()
    {
        var used = TypesOf("Pond.LocalHost").ToArray();

        Assert.Contains(used, type => IsOfTheWorker(type.Namespace));
        Assert.Equal(
            ["Pond.LocalHost.ITriggerQueues", "Pond.LocalHost.TriggerMessage"],
            used.Where(type => !IsOfTheWorker(type.Namespace)).Select(type => $"{type.Namespace}.{type.Name}").Order());
        Assert.Empty(
            from file in Directory.EnumerateFiles(AppFolder, "*.cs", SearchOption.AllDirectories)
            where File.ReadAllText(file).Contains("Pond.LocalHost", StringComparison.Ordinal)
            where !file.Contains(Path.Combine("Platform", "Local"), StringComparison.Ordinal)
            select file);
    }

    private static string AppFolder => Path.Combine(SourceTree.Root, "functions");

    private static bool IsOfTheWorker(string? name) => name?.StartsWith("Microsoft.", StringComparison.Ordinal) == true;

    /// <summary>The types of an assembly that the app's own refers to.</summary>
    private static IEnumerable<(string Namespace, string Name)> TypesOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(typeof(Composition).Assembly.Location));
        var metadata = file.GetMetadataReader();
        foreach (var reference in metadata.TypeReferences.Select(metadata.GetTypeReference))
        {
            if (reference.ResolutionScope.Kind != HandleKind.AssemblyReference) continue;
            var owner = metadata.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope);
            if (metadata.GetString(owner.Name) == assembly)
                yield return (metadata.GetString(reference.Namespace), metadata.GetString(reference.Name));
        }
    }
}
