using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Pond.LocalHost.Demo;
using Pond.LocalHost.WeChatSandbox;

using Middleware = System.Func<
    Microsoft.Azure.Functions.Worker.Middleware.FunctionExecutionDelegate,
    Microsoft.Azure.Functions.Worker.Middleware.FunctionExecutionDelegate>;

namespace Pond.LocalHost;

/// <summary>Puts the local host together: configuration before the app's services, functions after them.</summary>
internal sealed class LocalHostSetup(LocalHostOptions options)
{
    private const int PortDefault = 7071;
    private const string DataPathDefault = "data";

    /// <summary>How long a stop waits for what is running.</summary>
    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(30);

    private static readonly string[] EnvironmentNames =
        ["AZURE_FUNCTIONS_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT"];

    private readonly LocalSettings settings = LocalSettings.Find(options.Folders);

    private readonly IConfiguration commandLine =
        new ConfigurationBuilder()
            .AddCommandLine([.. options.Args.Where(arg => arg != DemoRegistration.Switch)])
            .Build();

    public WebApplicationBuilder CreateBuilder()
    {
        if (settings.Notice is { } notice) options.Output.WriteLine(notice);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = options.FunctionsAssembly.GetName().Name,
            EnvironmentName = EnvironmentName(),
        });
        Configure(builder.Configuration);
        if (options.Folders is [var folder, ..]) AddDataFolder(builder, LocalSettings.Root(folder));

        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning) // the table of functions says the same
            .AddConfiguration(builder.Configuration.GetSection("Logging"))
            .Configure(logging => logging.ActivityTrackingOptions = ActivityTrackingOptions.TraceId)
            .AddConsole(); // Logging:Console:FormatterName=json makes its lines JSON
        builder.Services
            .Configure<SimpleConsoleFormatterOptions>(
                console => (console.SingleLine, console.IncludeScopes) = (true, true))
            .Configure<JsonConsoleFormatterOptions>(console => console.IncludeScopes = true);
        builder.Host.UseDefaultServiceProvider(services => services.ValidateScopes = services.ValidateOnBuild = true);
        builder.WebHost.UseKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRouting().AddCors();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainMax);
        return builder;
    }

    public WebApplication Build(WebApplicationBuilder builder, IEnumerable<Middleware> middlewares)
    {
        var hostJson = HostJson.Read(AppContext.BaseDirectory, builder.Configuration);
        var classes = options.FunctionsAssembly.GetTypes().Where(options.Includes.Invoke);
        var catalog = FunctionCatalog.Read(classes, hostJson.RoutePrefix, builder.Configuration);

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddSingleton(hostJson.Queues)
            .AddSingleton(catalog)
            .AddSingleton(services => ActivatorUtilities.CreateInstance<FunctionInvoker>(services, middlewares))
            .AddSingleton<QueuePump>()
            .AddSingleton<TimerRunner>();
        if (options.RunTriggers) builder.Services.AddHostedService<TriggerService>();
        if (options.Folders.Count > 0)
        {
            builder.AddWeChatSandbox();
            builder.AddDemo(options);
        }

        var app = builder.Build();
        app.Urls.Add(Url());
        HttpFunctions.Map(app, catalog, hostJson.RoutePrefix, settings.Cors);
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            FunctionTable.Print(options.Output, app.Urls, app.Environment.EnvironmentName, catalog);
            app.Services.GetService<DemoService>()?.Begin(); // after the table, so that their lines do not mix
        });
        return app;
    }

    private void Configure(ConfigurationManager configuration) => configuration
        .AddInMemoryCollection(settings.Values)
        .AddInMemoryCollection(options.EnvironmentVariables.Select(variable =>
            KeyValuePair.Create(LocalSettings.ConfigurationKey(variable.Key), variable.Value)))
        .AddConfiguration(commandLine);

    private static void AddDataFolder(WebApplicationBuilder builder, string root)
    {
        var path = builder.Configuration["Pond:DataPath"] is { Length: > 0 } configured ? configured : DataPathDefault;
        var data = Path.GetFullPath(path, root);
        builder.Configuration["Pond:DataPath"] = data;
        if (builder.Environment.IsDevelopment())
            builder.Configuration.AddInMemoryCollection(DevelopmentKeys.Missing(builder.Configuration, data));
    }

    private string EnvironmentName() =>
        commandLine["environment"]
        ?? EnvironmentNameOf(options.EnvironmentVariables)
        ?? EnvironmentNameOf(settings.Values)
        ?? Environments.Development;

    private static string? EnvironmentNameOf(IReadOnlyDictionary<string, string?> values) =>
        EnvironmentNames.Select(name => values.GetValueOrDefault(name)).FirstOrDefault(name => name is { Length: > 0 });

    private string Url()
    {
        var port = commandLine["port"] is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : settings.Port ?? PortDefault;

        // A port that the system chooses cannot be had for two addresses at once, and localhost is two.
        return port == 0 ? "http://127.0.0.1:0" : $"http://localhost:{port}";
    }
}
