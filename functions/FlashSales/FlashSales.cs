using Pond.Activities;
using Pond.Kernel;
using Pond.Products;

namespace Pond.FlashSales;

/// <summary>What a flash sale adds to an activity.</summary>
/// <param name="PriceFen">Of one piece: 1 or more, and less than the SKU's price.</param>
/// <param name="PerMember">Pieces of one WeChat user, of which those that were given back do not count.</param>
/// <param name="PayMinutes">Minutes from a claim to when its order is closed unless it is paid.</param>
/// <param name="IsHot">A rush is expected: a claim needs a ticket, and the pieces may be in several shards.</param>
/// <param name="IsInviteOnly">A claim needs an F code.</param>
public sealed record FlashSaleTerms(
    string SkuId, long PriceFen, int PerMember, int PayMinutes, bool IsHot = false, bool IsInviteOnly = false);

/// <summary>A flash sale: pieces of one SKU, each of them a slot that somebody claims.</summary>
public sealed record FlashSale(Activity Activity, FlashSaleTerms Terms)
{
    public string Id => Activity.Id;

    public int Pieces => Goods.Pieces;

    public int Shards => Goods.Shards;

    /// <summary>What its orders take their stock from.</summary>
    public Allotment Stock => Activity.Allotments().Single();

    private ActivityGoods Goods => Activity.Plan.Goods.Single();

    public static FlashSale Of(Activity activity) => new(activity, activity.TermsAs<FlashSaleTerms>());
}

/// <summary>What a member wants of a flash sale.</summary>
/// <param name="Taker">Stands for the WeChat user behind the member; see <see cref="Takers"/>.</param>
/// <param name="CodeKey">Of the F code; null where none is needed.</param>
public sealed record SlotWish(string ClaimId, string MemberId, string Taker, string? AddressId, string? CodeKey);

/// <summary>The "no"s of flash sales.</summary>
public static class FlashSaleRefusals
{
    public static readonly Refusal SoldOut = new("flash_sale.sold_out", RefusalKind.Exhausted, "手慢了，已被抢光。");

    public static readonly Refusal LimitReached =
        new("flash_sale.limit_reached", RefusalKind.Conflict, "您已达到该商品的限购数量。");

    public static readonly Refusal TicketNeeded =
        new("flash_sale.ticket_needed", RefusalKind.Conflict, "排队凭证已失效，请重新排队。");

    public static readonly Refusal TooEarly =
        new("flash_sale.too_early", RefusalKind.Conflict, "还没有到排队时间，请稍后再来。");

    public static readonly Refusal CodeNeeded =
        new("flash_sale.code_needed", RefusalKind.Invalid, "该商品凭 F 码购买，请填写 F 码。");

    public static readonly Refusal CodeNotNeeded =
        new("flash_sale.code_not_needed", RefusalKind.Invalid, "该商品无需 F 码。");

    public static readonly Refusal CodeMistyped =
        new("flash_sale.code_mistyped", RefusalKind.Invalid, "F 码格式不正确，请核对后重试。");

    public static readonly Refusal CodeUnknown =
        new("flash_sale.code_unknown", RefusalKind.Conflict, "F 码有误或不可用，请核对后重试。");

    public static readonly Refusal CodeUsed = new("flash_sale.code_used", RefusalKind.Conflict, "您已使用过该 F 码。");

    public static readonly Refusal TooManyCodes =
        new("flash_sale.too_many_codes", RefusalKind.Conflict, "该活动的 F 码数量已达上限。");

    public static readonly Refusal NotInviteOnly =
        new("flash_sale.not_invite_only", RefusalKind.Conflict, "该活动不使用 F 码。");

    public static readonly Refusal NeedsHeat =
        new("flash_sale.needs_heat", RefusalKind.Invalid, "只有标记为热门的活动才能使用多个分片。");

    public static readonly Refusal TooFewShards =
        new("flash_sale.too_few_shards", RefusalKind.Invalid, "件数过多，请增加分片。");

    public static readonly Refusal TooManyShards =
        new("flash_sale.too_many_shards", RefusalKind.Invalid, "分片数不能超过件数。");

    public static readonly Refusal ClaimMissing =
        new("flash_sale.claim_missing", RefusalKind.Missing, "没有找到该抢购记录。");

    public static readonly Refusal ClaimOver =
        new("flash_sale.claim_over", RefusalKind.Conflict, "抢购资格已失效，请重新抢购。");

    public static readonly Refusal TooLate =
        new("flash_sale.too_late", RefusalKind.Conflict, "未能及时生成订单，名额已释放。");

    public static readonly Refusal NotPaid =
        new("flash_sale.not_paid", RefusalKind.Conflict, "订单已取消，名额已释放。");
}
