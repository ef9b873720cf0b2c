using Pond.ExportJobs;
using Pond.Promotions;

namespace Pond.Tags;

/// <summary>What this slice brings into the app.</summary>
internal static class TagsRegistration
{
    public static IServiceCollection AddTags(this IServiceCollection services) =>
        services.AddSingleton<TagUses>().AddSingleton<TagCounts>().AddSingleton<MemberTags>()
            .AddSingleton<IAudience, TaggedAudience>().AddSingleton<IExportSource, TagExport>()
            .AddSingleton(MemberTagRows.Records);
}
