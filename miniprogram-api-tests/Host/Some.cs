namespace Pond.Tests;

/// <summary>Requests that are in order, for tests to change in one place.</summary>
public static class Some
{
    /// <summary>五元 off thirty, open for two days from the start of a test's clock.</summary>
    public static Dictionary<string, object?> Template(int stock = 10, int perMember = 1, int shards = 1) => new()
    {
        ["name"] = "满30减5",
        ["kind"] = "amountOff",
        ["amountFen"] = 500,
        ["thresholdFen"] = 3_000,
        ["claimFrom"] = HandClock.Start,
        ["claimUntil"] = HandClock.Start.AddDays(2),
        ["validDays"] = 30,
        ["perMember"] = perMember,
        ["stock"] = stock,
        ["shards"] = shards,
    };

    /// <summary>The same, open for two days around the present.</summary>
    public static Dictionary<string, object?> OpenTemplate(int stock = 10, int perMember = 1, int shards = 1)
    {
        var now = TimeProvider.System.GetUtcNow();
        var template = Template(stock, perMember, shards);
        (template["claimFrom"], template["claimUntil"]) = (now.AddDays(-1), now.AddDays(1));
        return template;
    }
}
