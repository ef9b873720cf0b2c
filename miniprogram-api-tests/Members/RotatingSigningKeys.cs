using System.Net;

namespace Pond.Tests.Members;

public sealed class RotatingSigningKeys : IDisposable
{
    private static readonly (string Id, string Secret) Old =
        ("old", Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray()));
    private static readonly (string Id, string Secret) New =
        ("new", Convert.ToBase64String(Enumerable.Repeat((byte)2, 32).ToArray()));

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("pond-keys-");

    public void Dispose() => data.Delete(recursive: true);

    [Fact]
    public async Task A_token_of_the_old_key_holds_until_that_key_is_taken_away()
    {
        Phone before;
        await using (var api = await StartWith(Old)) before = await api.LogIn("alice");

        Phone between;
        await using (var api = await StartWith(New, Old))
        {
            Assert.Equal(HttpStatusCode.OK, await Status(before, api));
            between = await api.LogIn("alice");
            Assert.Equal(HttpStatusCode.OK, await Status(between, api));
        }

        await using (var api = await StartWith(New))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await Status(before, api));
            Assert.Equal(HttpStatusCode.OK, await Status(between, api));
        }
    }

    [Fact]
    public async Task A_key_under_another_keys_name_opens_nothing()
    {
        Phone phone;
        await using (var api = await StartWith(Old)) phone = await api.LogIn("alice");

        await using var other = await StartWith((Old.Id, New.Secret));

        Assert.Equal(HttpStatusCode.Unauthorized, await Status(phone, other));
    }

    private static async Task<HttpStatusCode> Status(Phone phone, MiniProgramApi api) =>
        (await (phone with { Api = api }).Get("/api/me")).StatusCode;

    private Task<MiniProgramApi> StartWith(params (string Id, string Secret)[] keys)
    {
        var settings = new Dictionary<string, string>();
        for (var i = 0; i < keys.Length; i++)
        {
            settings[$"Session:SigningKeys:{i}:Id"] = keys[i].Id;
            settings[$"Session:SigningKeys:{i}:Secret"] = keys[i].Secret;
        }

        return MiniProgramApi.Start(settings, dataPath: data.FullName);
    }
}
