using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pond.LocalHost;

namespace Pond.Tests.LocalHost;

/// <summary>A local host that serves the functions inside one class of samples.</summary>
internal sealed class SampleHost : IAsyncDisposable
{
    private SampleHost(IHost host) => Host = host;

    public IHost Host { get; }

    public HttpClient Client { get; private set; } = new();

    /// <summary>A builder for the functions inside the class, on a free port, seeing nothing of this machine.</summary>
    public static FunctionsApplicationBuilder Builder(Type samples, bool runTriggers = false, params string[] args)
    {
        var options = new LocalHostOptions
        {
            Args = ["--port", "0", "--Logging:LogLevel:Default", "None", .. args],
            FunctionsAssembly = samples.Assembly,
            Includes = type => type.DeclaringType == samples,
            RunTriggers = runTriggers,
        };
        return options.CreateBuilder().ConfigureFunctionsWebApplication();
    }

    public static async Task<SampleHost> Start(FunctionsApplicationBuilder builder)
    {
        var sample = new SampleHost(builder.Build());
        await sample.Host.StartAsync();
        var addresses = sample.Host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        sample.Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(addresses.Addresses.Single()),
        };
        return sample;
    }

    public T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.StopAsync();
        Host.Dispose();
    }
}
