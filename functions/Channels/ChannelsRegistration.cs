using Pond.ExportJobs;
using Pond.Members;

namespace Pond.Channels;

/// <summary>What this slice brings into the app.</summary>
internal static class ChannelsRegistration
{
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        foreach (var records in ScanRows.Records) services.AddSingleton(records);
        return services.AddSingleton<ChannelDesk>().AddSingleton<ChannelCounts>()
            .AddSingleton<IExportSource, ChannelExport>();
    }
}
