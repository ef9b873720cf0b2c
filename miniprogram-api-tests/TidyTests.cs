using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform.Http;

namespace Pond.Tests;

/// <summary>What the house looks like inside: a reader should find every slice built alike.</summary>
public sealed partial class TidyTests
{
    private const int LinesMax = 200;
    private const int CharsMax = 120;

    /// <summary>Types of one slice that others may use: what they tell the others, and how a caller is known.</summary>
    private static readonly string[] PublicReadModels =
    [
        "MemberCallers", "MemberCaller", // who calls, for every route of members
        "MemberStanding", // whether a member may act
        "MemberRows", // only the partition and its head, see below
        "Survivors", "MergeObstacle", "MemberMessages", // how a merge reaches what is kept of a member
        "PersonalRecords", // what a slice keeps of a member, for them to take along
        "MemberRefusals", // the same "no" for a member who is not there
        "MemberNames", // what others see of a member's name
        "Arrivals", "MemberArrival", // how a member came first
        "Sharers", "Sharer", // who is behind a token
        "ReferralMessages", // the queues of what a friend brings
        "TagUses", "TagMessages", "MemberTags", // who names a tag, who puts one on, and what tags a member has
        "ChannelMessages", // the queues of what a channel brings
        "SceneCodes", // mini-program codes of whatever has a scene
        "KeyedHashes", "ClientAddresses", // the app's secret and the caller's address, without the settings behind them
        "SpendableLots", "ValidCoupons", // what a member has, for service
        "MemberTiers", "TierBenefits", // what tier a member is in, and what it is worth
        "TierMessages", // the queues of what entering a tier brings
        "OperatorCallers", "OperatorCaller", "OperatorRole", // who calls, for every route of operators
        "OperatorNames", // how whoever asked for something is called
        "OperatorMessages", // how an act gets into the audit
        "TouchMessages", "TouchValues", "Occasion", "ITouchSubject", "ReminderTexts", // what members are told of
        "Birthdays", "Birthday", // the day of a year, without the date behind it
        "OpenIds", "MembersOfWeChat", // how WeChat calls a member
        "Deliveries", "Delivery", "Address", // where an order goes
        "GoodsIdAttribute", "GoodsIdsAttribute", "GoodsScope", // how goods are named, and which of them are meant
        "ProductCatalogue", "Sku", "ReservedStock", "StockReservations", // what is sold, and kept for an order
        "AdviceRules", "Basket", "BasketLine", "Coupon", "CouponFit", "CouponScope", // what a coupon does for a cart
        "Discount", "DiscountKind", "CouponRefusals",
        "OrderCoupons", "OrderPoints", "PromotionUses", // what is kept for an order that is not paid yet
        "QuoteDesk", "QuoteRequest", "QuoteLine", "Quote", "QuoteResponse", // what a cart costs
        "PricedCart", "PricedLine", "PromotionUse", "PromotionGift", "GiftStep", "GiftRules", "EarnTerms", "Explained",
        "Activity", "ActivityKind", "ActivityState", "ActivityPlan", "ActivityGoods", // what activities have in common
        "ActivityDrafts", "LiveActivities", "ActivityRefusals", "ActivityRules", "ActivityResponse",
        "StockRefusals", // that a piece is not free yet
        "StockAllotments", "Allotment", "AllotmentStock", "StockWant", // what an activity has of the stock
        "DealOrders", "DealWish", "DealHold", "DealMove", "DealOrder", "DealPlacement", "IDealKeeper", // its orders
        "DealPrices", "DealPrice",
        "PaidOrders", // whether somebody has bought before
        "IAudience", "Audience", "AudienceKind", "PromotionPlan", // whom a promotion is for
        "IExportSource", "ExportKind", "ExportPage", "ExportPages", // what can be had as a table
        "IShareable", "ShareKind", "ShareObject", // what can be shared
        "PromotionDoors", "PromotionPart", "PartKind", // whether what belongs to a promotion is open
        "IPromotable", "PartLook", "PromotionMessages", // what can belong to one, and what is given under it
        "OrderMessages", "PaymentMessages", // the queues between orders and what hangs on them
        "PaymentDesk", "PaymentWish", "PaymentStart", "PaymentParameters", // how a payment begins
    ];

    private static readonly string[] NotSlices = ["Kernel", "Platform", "bin", "obj"];

    private static readonly Type[] Types = typeof(Composition).Assembly.GetTypes();

    [Fact]
    public void Sources_are_short() => AssertNone(
        from file in Sources("functions").Concat(Sources("localhost"))
        let lines = File.ReadLines(file).Count()
        where lines > LinesMax
        select $"{Name(file)} has {lines} lines");

    [Fact]
    public void Lines_of_the_app_are_short() => AssertNone(
        from file in Sources("functions")
        from line in File.ReadLines(file).Select((text, index) => (text, number: index + 1))
        where line.text.Length > CharsMax
        select $"{Name(file)}:{line.number} has {line.text.Length} characters");

    [Fact]
    public void The_app_is_compiled_without_conditions() => AssertNone(
        from file in Sources("functions")
        from line in ConditionalLine().Matches(File.ReadAllText(file))
        select $"{Name(file)} says {line.Value.Trim()}");

    [Fact]
    public void Rules_are_pure() => AssertNone(
        from file in Sources("functions")
        where file.EndsWith("Rules.cs", StringComparison.Ordinal)
        from word in Impure().Matches(Code(file))
        select $"{Name(file)} says {word.Value}");

    [Fact]
    public void Slices_know_each_other_by_messages_and_read_models_only() => AssertNone(
        from slice in Slices
        from file in Sources($"functions/{slice}")
        let code = Code(file)
        from other in Slices
        where other != slice && Mentions(code, other)
        from type in Types
        where type.Namespace == "Pond." + other && !type.IsNested && !IsPublic(type)
        // A word that neither ends a parameter nor follows a dot is a type.
        where Regex.IsMatch(code, $@"(?:(?<![\w.])|\b{other}\.){type.Name}(?=\s+\w|[?.(<>\[])")
        select $"{Name(file)} uses {type.Name} of {other}");

    [Fact]
    public void Other_slices_use_a_member_s_rows_for_their_partition_and_head_only() => AssertNone(
        from slice in Slices
        where slice != "Members"
        from file in Sources($"functions/{slice}")
        from use in MemberRowsUse().Matches(Code(file))
        where use.Groups["member"].Value is not ("Partition" or "Head")
        select $"{Name(file)} uses {use.Value}");

    [Fact]
    public void A_function_is_named_as_its_class() => AssertNone(
        from method in FunctionMethods
        let name = method.GetCustomAttribute<FunctionAttribute>()!.Name
        where name != method.DeclaringType!.Name
        select $"{method.DeclaringType!.Name} is called {name}");

    [Fact]
    public void Every_HTTP_function_says_who_may_call_it() => AssertNone(
        from method in FunctionMethods
        where method.GetParameters().Any(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>() is not null)
        where method.GetCustomAttribute<CallerAttribute>() is null
        select method.DeclaringType!.Name);

    [Fact]
    public void Every_queue_has_exactly_one_trigger()
    {
        var constants =
            from type in Types
            from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
            where field.IsLiteral && field.Name.EndsWith("Queue", StringComparison.Ordinal)
            select (string)field.GetRawConstantValue()!;
        var triggers =
            from method in FunctionMethods
            from parameter in method.GetParameters()
            let trigger = parameter.GetCustomAttribute<QueueTriggerAttribute>()
            where trigger is not null
            select trigger.QueueName;

        Assert.Equal(constants.Order(StringComparer.Ordinal), triggers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Codes_of_refusals_are_unique_and_well_formed()
    {
        string[] codes =
        [
            .. from type in Types
               where !type.ContainsGenericParameters
               from field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
               where field.FieldType == typeof(Refusal)
               select ((Refusal)field.GetValue(null)!).Code,
        ];

        Assert.True(codes.Length > 30, $"only {codes.Length} found");
        AssertNone(codes.GroupBy(code => code).Where(same => same.Count() > 1).Select(same => same.Key));
        AssertNone(codes.Where(code => !RefusalCode().IsMatch(code) && code != "internal")); // an unforeseen failure
    }

    [Fact]
    public void Every_slice_has_a_twin_among_the_tests() =>
        AssertNone(Slices.Where(slice => !Sources($"miniprogram-api-tests/{slice}").Any()));

    private static IEnumerable<MethodInfo> FunctionMethods =>
        Types.SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(FunctionAttribute)));

    private static IReadOnlyList<string> Slices =>
    [
        .. Directory.GetDirectories(Path.Combine(SourceTree.Root, "functions")).Select(folder => Path.GetFileName(folder)!)
            .Except(NotSlices).Order(StringComparer.Ordinal),
    ];

    private static bool IsPublic(Type type) =>
        PublicReadModels.Contains(type.Name) || MessageName().IsMatch(type.Name);

    private static bool Mentions(string code, string slice) =>
        code.Contains($"using Pond.{slice};", StringComparison.Ordinal) || Regex.IsMatch(code, $@"\b{slice}\.");

    private static IEnumerable<string> Sources(string folder) =>
        Directory.Exists(Path.Combine(SourceTree.Root, folder))
            ? Directory.EnumerateFiles(Path.Combine(SourceTree.Root, folder), "*.cs", SearchOption.AllDirectories)
                .Where(file => !BuildOutput().IsMatch(file)).Order(StringComparer.Ordinal)
            : [];

    private static string Code(string file) => Comment().Replace(File.ReadAllText(file), "");

    private static string Name(string file) => Path.GetRelativePath(SourceTree.Root, file);

    private static void AssertNone(IEnumerable<string> findings) => Assert.Equal("", string.Join('\n', findings));

    [GeneratedRegex(@"^\s*#\s*(if|elif|else|define)\b.*", RegexOptions.Multiline)]
    private static partial Regex ConditionalLine();

    [GeneratedRegex(@"\b(async|await|Task|ILogger|HttpRequest|PartitionStore|TimeProvider)\b")]
    private static partial Regex Impure();

    [GeneratedRegex(@"\bMemberRows\.(?<member>\w+)")]
    private static partial Regex MemberRowsUse();

    [GeneratedRegex(@"V\d+$")]
    private static partial Regex MessageName();

    [GeneratedRegex(@"^[a-z_]+\.[a-z_]+$")]
    private static partial Regex RefusalCode();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex BuildOutput();
}
