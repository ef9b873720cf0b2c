namespace Pond.Tests.Http;

/// <summary>What is one member's is not there for another, on every route of the description that names a thing.</summary>
public sealed class ReachingForOthers(HostileApp app) : IClassFixture<HostileApp>
{
    /// <summary>What anybody may name who knows it. Whatever else stands in a path is somebody's own.</summary>
    private static readonly string[] Anybodys =
    [
        "{templateId}", "{code}", "{token}", "{activityId}", "{flashSaleId}", "{attemptId}", "{groupBuyId}", "{groupId}",
        "{leaderboardId}",
    ];

    [Fact]
    public async Task Ids_of_another_member_are_not_found_and_nothing_of_theirs_is_told()
    {
        var (cases, before) = (new HostileCases("Another's ids"), await app.Rows());
        foreach (var operation in app.Operations.Where(each => each.Caller == "member" && IsAboutOwnThings(each.Path)))
        {
            using var request = app.Request(operation, isOfAnother: true); // Alice's, about things of Bob's
            if (operation.Path.EndsWith("{addressId}", StringComparison.Ordinal))
                request.RequestUri = new Uri($"/api/addresses/{app.AnothersAddressId}", UriKind.Relative);
            if (operation.Fields.Count > 0) request.Content = new StringContent(
                app.BodyOf(operation).ToJsonString(), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
            var answer = await app.Send(request);
            cases.Check(
                $"{operation.Id}: {answer.Status} {answer.Body}",
                answer.Status == 404 && !answer.Body.Contains(app.Bob.MemberId, StringComparison.Ordinal));
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    private static bool IsAboutOwnThings(string path) =>
        Anybodys.Aggregate(path, (rest, name) => rest.Replace(name, "", StringComparison.Ordinal)).Contains('{');
}
