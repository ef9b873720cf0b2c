using System.Net;
using Pond.Kernel;
using Pond.Tests.Orders;

namespace Pond.Tests.FlashSales;

[Rule("INV-05")]
public class UsingFCodes(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task Whoever_has_a_code_buys_and_nobody_else_does()
    {
        var saleId = await api.Drop(isInviteOnly: true);
        var code = (await api.FCodes(saleId, 1)).Single();
        var (phone, other) = (await shared.Newcomer(), await shared.Newcomer());

        Assert.Equal("flash_sale.code_needed", await (await phone.Claim(saleId)).Code());
        Assert.Equal("flash_sale.code_mistyped", await (await phone.Claim(saleId, fCode: "AAAA-BBBB-CCCC")).Code());
        Assert.Equal("flash_sale.code_unknown", await (await phone.Claim(saleId, fCode: CodeForms.Of(7))).Code());
        var claim = await phone.Claim(saleId, fCode: code.ToLowerInvariant().Replace('-', ' '));
        await api.Deliver();

        Assert.Equal(HttpStatusCode.Accepted, claim.StatusCode);
        Assert.Equal("ordered", await phone.ClaimState((await claim.Json()).Text("claimId")));
        Assert.Equal("flash_sale.code_unknown", await (await other.Claim(saleId, fCode: code)).Code());
        Assert.Equal(9, await api.PiecesLeft(saleId));
    }

    [Fact]
    public async Task A_code_is_good_for_one_piece_and_for_one_sale()
    {
        var (saleId, other) = (await api.Drop(perMember: 2, isInviteOnly: true), await api.Drop(isInviteOnly: true));
        var code = (await api.FCodes(saleId, 1)).Single();
        var phone = await shared.Newcomer();
        (await phone.Claim(saleId, fCode: code)).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal("flash_sale.code_used", await (await phone.Claim(saleId, fCode: code)).Code());
        Assert.Equal("flash_sale.code_unknown", await (await phone.Claim(other, fCode: code)).Code());
        Assert.Equal("flash_sale.code_not_needed", await (await phone.Claim(await api.Drop(), fCode: code)).Code());
    }

    [Fact]
    public async Task Of_two_who_come_with_one_code_at_once_one_buys_and_the_other_s_slot_goes_back()
    {
        var saleId = await api.Drop(isInviteOnly: true);
        var code = (await api.FCodes(saleId, 1)).Single();
        var (phone, other) = (await shared.Newcomer(), await shared.Newcomer());
        var claims = new[] { await phone.Claim(saleId, fCode: code), await other.Claim(saleId, fCode: code) };
        await api.DeliverThrice(seed: 7);

        string[] states =
        [
            await phone.ClaimState((await claims[0].Json()).Text("claimId")),
            await other.ClaimState((await claims[1].Json()).Text("claimId")),
        ];
        Assert.Equal(["ordered", "returned"], states.Order(StringComparer.Ordinal));
        Assert.Equal(9, await api.PiecesLeft(saleId));
    }

    [Fact]
    public async Task A_code_comes_back_to_its_member_with_the_slot()
    {
        var saleId = await api.Drop(isInviteOnly: true);
        var code = (await api.FCodes(saleId, 1)).Single();
        var (phone, other) = (await shared.Newcomer(), await shared.Newcomer());
        var claimId = (await (await phone.Claim(saleId, fCode: code)).Json()).Text("claimId");
        await api.DeliverThrice(seed: 3);
        (await phone.Cancel((await phone.ClaimOf(claimId)).Text("orderId"), "changedMind")).EnsureSuccessStatusCode();
        await api.DeliverThrice(seed: 4);

        Assert.Equal("flash_sale.code_unknown", await (await other.Claim(saleId, fCode: code)).Code());
        Assert.Equal(HttpStatusCode.Accepted, (await phone.Claim(saleId, fCode: code)).StatusCode);
        await api.Deliver();
        Assert.Equal("flash_sale.code_used", await (await phone.Claim(saleId, fCode: code)).Code());
    }

    [Fact]
    public async Task A_claim_that_is_heard_of_too_late_leaves_its_code_free()
    {
        var saleId = await api.Drop(isInviteOnly: true);
        var code = (await api.FCodes(saleId, 1)).Single();
        var phone = await shared.Newcomer();
        (await phone.Claim(saleId, fCode: code)).EnsureSuccessStatusCode();
        api.Clock.Advance(TimeSpan.FromMinutes(5));
        await api.Deliver();

        Assert.Equal(HttpStatusCode.Accepted, (await phone.Claim(saleId, fCode: code)).StatusCode);
    }

    [Fact]
    public async Task The_same_key_tells_the_same_codes_and_no_row_holds_one()
    {
        var saleId = await api.Drop(isInviteOnly: true);
        var key = Phone.NewKey();

        var codes = await api.FCodes(saleId, 3, key);
        await api.Deliver();

        Assert.Equal(codes, await api.FCodes(saleId, 3, key));
        Assert.Equal(3, codes.Distinct().Count());
        var rows = string.Join('\n', StoredRow.All(api).Select(row => row.Key + row.Data));
        Assert.All(codes, code => Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), rows.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        Assert.Equal("flash_sale.not_invite_only", await (await api.Operator().Post(
            $"{FlashSaleSteps.FlashSalesPath}/{await api.Drop()}/f-codes", new { count = 1 })).Code());
    }
}
