using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Pond.LocalHost;

namespace Pond.Tests.LocalHost;

/// <summary>A host with the functions of <see cref="TriggerSamples"/>.</summary>
internal static class TriggerHost
{
    public static Task<SampleHost> Start(
        ManualClock clock, MemoryQueues queues, TriggerLog log, bool runTriggers,
        Func<FunctionExecutionDelegate, FunctionExecutionDelegate>? around = null, params string[] args)
    {
        var builder = SampleHost.Builder(
            typeof(TriggerSamples), runTriggers, ["--OrderQueue=orders", "--FiveMinutes=30 */5 * * * *", .. args]);
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<ITriggerQueues>(queues).AddSingleton(log);
        if (around is not null) builder.Use(around);
        return SampleHost.Start(builder);
    }
}
