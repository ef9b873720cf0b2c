using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>Starts the sandbox beside the app, where the app's settings point at it.</summary>
internal static class SandboxRegistration
{
    /// <summary>Does nothing outside Development, or when <c>WeChat:ApiBase</c> names some other service.</summary>
    public static void AddWeChatSandbox(this WebApplicationBuilder builder)
    {
        var port = builder.Configuration["WeChatSandbox:Port"] ?? $"{SandboxOptions.PortDefault}";
        var isOurs = builder.Configuration["WeChat:ApiBase"] == $"http://localhost:{port}";
        if (!builder.Environment.IsDevelopment() || !isOurs) return;

        builder.Services
            .AddSingleton(SandboxOptions.From(builder.Configuration))
            .AddSingleton<SandboxServer>()
            .AddHostedService(services => services.GetRequiredService<SandboxServer>())
            .AddHostedService<NotificationLoop>();
    }
}
