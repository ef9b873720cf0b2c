namespace Pond.Shares;

/// <summary>What this slice brings into the app.</summary>
internal static class SharesRegistration
{
    public static IServiceCollection AddShares(this IServiceCollection services)
    {
        foreach (var records in OpenRows.Records) services.AddSingleton(records);
        return services.AddSingleton<ShareTokens>().AddSingleton<Sharers>().AddSingleton<Sharing>();
    }
}
