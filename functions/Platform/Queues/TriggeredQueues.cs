using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Pond.Platform.Queues;

/// <summary>The queues that have a function.</summary>
public static class TriggeredQueues
{
    /// <summary>In ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(TriggeredQueues).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<QueueTriggerAttribute>())
            .Where(trigger => trigger is not null)
            .Select(trigger => trigger!.QueueName)
            .Order(StringComparer.Ordinal),
    ];
}
