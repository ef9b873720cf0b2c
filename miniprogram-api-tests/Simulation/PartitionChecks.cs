using Pond.Platform.Storage;
using Pond.Tests.Storage;

namespace Pond.Tests.Simulation;

/// <summary>What must be true of a partition after each commit to it.</summary>
internal interface IPartitionCheck
{
    /// <summary>What is broken after these writes, or null.</summary>
    string? Broken(MemoryRows rows, string partition, IReadOnlyList<Write> writes);
}

/// <summary>All checks there are.</summary>
internal static class PartitionChecks
{
    private static readonly Type[] Types =
    [
        .. typeof(PartitionChecks).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IPartitionCheck)))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>New ones, which remember nothing.</summary>
    public static IEnumerable<IPartitionCheck> All() =>
        Types.Select(type => (IPartitionCheck)Activator.CreateInstance(type)!);
}
