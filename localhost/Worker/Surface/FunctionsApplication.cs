using Pond.LocalHost;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a function app starts.</summary>
public class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(LocalHostOptions.OfThisMachine(args));
}
