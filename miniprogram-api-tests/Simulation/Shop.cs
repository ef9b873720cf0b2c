using Pond.Coupons;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Tests.Simulation;

/// <summary>What the flows need of the shop's people.</summary>
internal static class Shop
{
    /// <summary>The first operator, made by the key of the settings.</summary>
    public static async Task<SimulatedPhone> Owner(World world)
    {
        var bootstrap = new SimulatedPhone(world, "bootstrap", MiniProgramApi.BootstrapKey);
        var made = await bootstrap.Post("/api/operator/operators", new { name = "店长", roles = new[] { "owner" } });
        return new SimulatedPhone(world, "owner", made.Body.Text("key"));
    }

    /// <summary>A template that can be claimed; its id.</summary>
    public static async Task<string> PublishTemplate(World world, Dictionary<string, object?> template)
    {
        var draft = await world.Owner.Post("/api/operator/coupon-templates", template);
        var templateId = draft.Body.GetProperty("offer").Text("templateId");
        var published = await world.Owner.Put(
            $"/api/operator/coupon-templates/{templateId}/state", new { state = "published" });
        Assert.True(published.IsSuccess);
        return templateId;
    }

    /// <summary>A product on sale that needs no sending; its only SKU.</summary>
    public static async Task<string> Sell(World world, string spuId, long priceFen, int stock, int shards)
    {
        var skuId = $"{spuId}-a";
        Reply[] replies =
        [
            await world.Owner.Post("/api/operator/products", new
            {
                spuId,
                categoryId = "drinks",
                title = "龙井",
                imageUrls = new[] { "https://example.com/tea.jpg" },
                skus = new[] { new { skuId, specs = Array.Empty<object>(), priceFen, weightGrams = 0, stockShards = shards } },
            }),
            await world.Owner.Put($"/api/operator/products/{spuId}/state", new { state = "onSale", reason = "上新" }),
            await world.Owner.Post(
                $"/api/operator/skus/{skuId}/stock-adjustments", new { quantity = stock, reason = "入库" }),
        ];
        Assert.All(replies, reply => Assert.True(reply.IsSuccess, $"{reply.Status} {reply.Body}"));
        return skuId;
    }

    /// <summary>A shopper's coupons of one template as they lie in the store, whatever has become of them.</summary>
    public static IEnumerable<Coupon> CouponsOf(World world, SimulatedPhone phone, string templateId)
    {
        var (from, until) = Keys.Under(WalletRows.Prefix);
        return world.Rows.Look(MemberRows.Partition(phone.MemberId), from, until, StoreLimits.RowsPerPageMax).Rows
            .Select(row => Stored.Read<Coupon>(row.Data)).Where(coupon => coupon.Terms.TemplateId == templateId);
    }
}
