using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Pond.LocalHost.Demo;

/// <summary>Starts the demo where the command line asks for it.</summary>
internal static class DemoRegistration
{
    /// <summary>A switch, not a configuration key: it takes no value.</summary>
    public const string Switch = "--demo";

    /// <summary>Does nothing without the switch, or outside Development: it adds members and templates.</summary>
    public static void AddDemo(this WebApplicationBuilder builder, LocalHostOptions options)
    {
        if (!options.Args.Contains(Switch) || !builder.Environment.IsDevelopment()) return;

        builder.Services
            .AddSingleton(options)
            .AddSingleton<DemoService>()
            .AddHostedService(services => services.GetRequiredService<DemoService>());
    }
}
