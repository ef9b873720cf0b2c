using System.Diagnostics;

namespace Pond.Tests.Simulation;

/// <summary>What a process runs fastest with in which one thread makes world after world.</summary>
internal static class OneThread
{
    public static void Prepare(ProcessStartInfo start)
    {
        start.Environment["DOTNET_gcConcurrent"] = "0"; // its one thread is busy enough
        start.Environment["DOTNET_GCRetainVM"] = "1"; // the next world needs as much
        start.Environment["DOTNET_GCgen0size"] = "0x4000000"; // a world is gone after a moment
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0"; // other threads have next to nothing to do
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "0"; // it has no lull to wait for
    }
}
