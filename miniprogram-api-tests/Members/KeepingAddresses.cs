using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Tests.OpenApi;

namespace Pond.Tests.Members;

[Rule("ADR-01")]
public sealed class KeepingAddresses(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string Path = "/api/me/addresses";
    private const string Own = "/api/addresses";

    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task What_WeChat_s_own_address_says_is_kept_and_the_first_one_is_the_default()
    {
        var phone = await shared.Newcomer();

        var added = await phone.Post(Path, Body(isDefault: false));

        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var item = Assert.Single(await Items(phone));
        Assert.Equal((await added.Json()).GetRawText(), item.GetRawText());
        Assert.Equal(
            ("张三", "13800138000", "广东省", "广州市", "海珠区", "新港中路397号", "440105"),
            (item.Text("userName"), item.Text("telNumber"), item.Text("provinceName"), item.Text("cityName"),
                item.Text("countyName"), item.Text("detailInfo"), item.Text("nationalCode")));
        Assert.True(item.GetProperty("isDefault").GetBoolean());
    }

    [Fact]
    public async Task The_same_key_adds_one_address_and_with_another_one_it_is_refused()
    {
        var phone = await shared.Newcomer();
        var key = Phone.NewKey();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => phone.Post(Path, Body(), key)));
        var other = await phone.Post(Path, Body("别处"), key);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single(await Items(phone));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency.key_reused"), (other.StatusCode, await other.Code()));
    }

    [Fact]
    public async Task A_member_has_twenty_addresses_and_no_more_also_when_many_are_added_at_once()
    {
        var phone = await shared.Newcomer();

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(
            number => phone.PostUntilAnswered(Path, Body($"{number}号"))));

        Assert.Equal(AddressRules.AddressesMax, (await Items(phone)).Length);
        Assert.Equal(10, answers.Count(answer => answer.StatusCode is HttpStatusCode.Conflict));
        Assert.Equal("address.too_many", await answers.First(answer => !answer.IsSuccessStatusCode).Code());
    }

    [Fact]
    public async Task An_address_is_replaced_and_removed_and_one_of_those_that_are_left_is_the_default()
    {
        var phone = await shared.Newcomer();
        var (first, second) = (await Add(phone, "甲"), await Add(phone, "乙"));
        await Add(phone, "丙", isDefault: true);

        (await phone.Put($"{Own}/{second}", Body("丁", isDefault: true))).EnsureSuccessStatusCode();
        Assert.Equal([("甲", false), ("丁", true), ("丙", false)], await Details(phone));
        Assert.Equal(HttpStatusCode.NoContent, (await phone.Delete($"{Own}/{second}")).StatusCode);

        Assert.Equal([("甲", true), ("丙", false)], await Details(phone));
        Assert.Equal("address.missing", await (await phone.Delete($"{Own}/{second}")).Code());
        Assert.Equal("address.missing", await (await phone.Put($"{Own}/{second}", Body("丁"))).Code());
        (await phone.Delete($"{Own}/{first}")).EnsureSuccessStatusCode();
        Assert.Equal([("丙", true)], await Details(phone));
    }

    [Theory]
    [InlineData("telNumber", "22345678901", "address.phone")]
    [InlineData("telNumber", "１３８００１３８０００", "address.phone")]
    [InlineData("nationalCode", "44010x", "address.region")]
    [InlineData("nationalCode", "044010", "address.region")]
    [InlineData("nationalCode", "4401055", "request.invalid")]
    [InlineData("userName", "一二三四五六七八九十一二三四五六七八九十一", "request.invalid")]
    [InlineData("userName", " ", "request.invalid")]
    public async Task What_is_no_address_is_refused(string field, string value, string code)
    {
        var phone = await shared.Newcomer();
        var body = Body();
        body[field] = value;

        var answer = await phone.Post(Path, body);

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, await answer.Code()));
        Assert.Empty(await Items(phone));
    }

    [Fact]
    public async Task A_frozen_member_reads_and_changes_nothing_and_nobody_reaches_for_another_s()
    {
        var (phone, other) = (await shared.Newcomer(), await shared.Newcomer());
        var id = await Add(phone, "甲");

        Assert.Equal(HttpStatusCode.NotFound, (await other.Put($"{Own}/{id}", Body())).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Delete($"{Own}/{id}")).StatusCode);
        await api.SetStatus(phone.MemberId, "frozen");

        Assert.Single(await Items(phone));
        foreach (var answer in new[] { await phone.Post(Path, Body()), await phone.Delete($"{Own}/{id}") })
            Assert.Equal("member.frozen", await answer.Code());
    }

    [Fact]
    public async Task An_order_keeps_where_it_goes_whatever_becomes_of_the_address()
    {
        var phone = await shared.Newcomer();
        var id = await Add(phone, "甲");

        Assert.Null(await Keep(phone, "order", id, "放门口"));
        Assert.Null(await Keep(phone, "order", id, "别的话"));
        await phone.Put($"{Own}/{id}", Body("乙"));
        await phone.Delete($"{Own}/{id}");

        var kept = await Find(phone, "order");
        Assert.Equal(("甲", "放门口", "+8613800138000"), (kept?.Address.Detail, kept?.Note, kept?.Address.Phone));
        Assert.Null(await Find(phone, "another"));
        Assert.Equal(AddressRefusals.Missing, await Keep(phone, "another", id, null));
    }

    [Fact, Rule("AUTH-10"), Rule("AUTH-11")]
    public async Task What_a_merged_account_kept_is_found_with_the_survivor_and_in_the_survivor_s_document()
    {
        var (older, younger) = await api.LogInTwice("address-older", "address-younger", "13800094004");
        var own = await Add(older, "甲");
        var others = await Add(younger, "乙");
        await Keep(younger, "of-younger", others, "轻放");
        (await younger.Merge("address-younger")).EnsureSuccessStatusCode();

        Assert.Equal("乙", (await Find(younger, "of-younger"))?.Address.Detail); // before anybody has moved anything
        await api.Deliver();

        Assert.Equal("乙", (await Find(younger, "of-younger"))?.Address.Detail);
        Assert.Equal([("甲", true), ("乙", false)], await Details(older));
        Assert.Null(await Keep(younger, "later", others, null));
        Assert.Equal("甲", (await Deliveries.FindAddress(younger.MemberId, own, CancellationToken.None))?.Detail);
        var all = await (await older.Get("/api/me/export")).Json();
        Assert.Equal(["甲", "乙"], all.GetProperty("addresses").EnumerateArray().Select(each => each.Text("detailInfo")));
        Assert.Equal(
            ["later", "of-younger"],
            all.GetProperty("deliveries").EnumerateArray().Select(each => each.Text("orderId")));
    }

    [Fact, Rule("AUTH-06")]
    public async Task Nothing_is_stored_in_the_clear_and_with_the_person_all_of_it_is_gone()
    {
        var phone = await shared.Newcomer();
        var id = await Add(phone, "金翅雀巷");
        await Keep(phone, "leaving", id, "金翅雀的话");
        foreach (var told in new[] { "金翅雀", "张三", "13800138000" })
            Assert.DoesNotContain(StoredRow.All(api), row => row.Data.Contains(told, StringComparison.Ordinal));

        (await phone.Delete("/api/me")).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Null(await Find(phone, "leaving"));
        Assert.Null(await Deliveries.FindAddress(phone.MemberId, id, CancellationToken.None));
        Assert.NotNull(await Keep(phone, "after", id, null));
    }

    [Fact]
    public void Any_book_has_one_default_and_no_address_twice() => Prop.ForAll(
        Gen.Choose(0, 3).Zip(Gen.Choose(0, 25)).Zip(Gen.Elements(true, false)).ArrayOf(60).ToArbitrary(),
        steps =>
        {
            var book = AddressBook.Empty;
            foreach (var ((kind, number), isDefault) in steps)
            {
                var address = new Address($"{number}", "张三", "+8613800138000", "440105", "广东省", "广州市", "海珠区", "1");
                var decision = kind switch
                {
                    0 or 1 => AddressRules.Add(book, new BookedAddress(address, isDefault, "f")),
                    2 => AddressRules.Change(book, address, isDefault),
                    _ => AddressRules.Remove(book, address.Id),
                };
                book = decision.Facts is [var after] ? after : book;
                if (book.Items.Count(item => item.IsDefault) != Math.Min(1, book.Items.Count)
                    || book.Items.DistinctBy(item => item.Address.Id).Count() != book.Items.Count
                    || book.Items.Count > AddressRules.AddressesMax) return false;
            }

            return true;
        }).CheckThoroughly();

    private Deliveries Deliveries => api.Services.GetRequiredService<Deliveries>();

    private Task<Refusal?> Keep(Phone phone, string order, string addressId, string? note) =>
        Deliveries.Keep(phone.MemberId, order, addressId, note, CancellationToken.None);

    private Task<Delivery?> Find(Phone phone, string order) =>
        Deliveries.Find(phone.MemberId, order, CancellationToken.None);

    private static async Task<string> Add(Phone phone, string detail, bool isDefault = false)
    {
        var answer = await phone.Post(Path, Body(detail, isDefault));
        return (await answer.Json()).Text("addressId");
    }

    private static JsonObject Body(string? detail = null, bool isDefault = false)
    {
        var body = RequestExamples.Of(nameof(AddAddress));
        body["isDefault"] = isDefault;
        if (detail is not null) body["detailInfo"] = detail;
        return body;
    }

    private static async Task<JsonElement[]> Items(Phone phone) =>
        (await (await phone.Get(Path)).Json()).Items();

    private static async Task<IEnumerable<(string, bool)>> Details(Phone phone) =>
        (await Items(phone)).Select(item => (item.Text("detailInfo"), item.GetProperty("isDefault").GetBoolean()));
}
