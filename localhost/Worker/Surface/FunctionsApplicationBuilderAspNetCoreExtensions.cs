using Pond.LocalHost;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Lets HTTP functions take and give what ASP.NET Core does.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Middleware added after this has the HTTP context and runs before the result is written.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        builder.Use(HttpResults.Middleware);
        return builder;
    }
}
