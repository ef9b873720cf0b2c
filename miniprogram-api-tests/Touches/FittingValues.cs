using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Pond.LocalHost.WeChatSandbox;
using Pond.Touches;

namespace Pond.Tests.Touches;

/// <summary>Whatever a title is, WeChat takes what is sent of it.</summary>
[Rule("TCH-01")]
public sealed class FittingValues
{
    private static readonly (FieldType Type, string Name)[] Fields =
    [
        .. Enum.GetValues<FieldType>().Select(type => (
            type, string.Concat(type.ToString().Select((letter, i) =>
                char.IsUpper(letter) && i > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}")) + "1")),
    ];

    private static Gen<string> Texts => Gen.OneOf(
        ArbMap.Default.ArbFor<string>().Generator,
        Gen.Elements(
            "茶", "a", "1", "😀", "👨‍👩‍👧", "\n", "\t", "e\u0301", " ", "元", "¥", ".", "9", "\u202e", "\ud800", "-")
            .ArrayOf().Select(parts => string.Concat(parts)),
        Gen.Choose(0, 2_000_000_000).Select(number => $"{number / 100m:0.00}元"),
        Gen.Choose(0, 2_000_000_000).Select(seconds => $"{HandClock.Start.AddSeconds(seconds):O}"));

    [Fact]
    public void Every_type_has_a_name() =>
        Assert.All(Fields, field => Assert.Equal(field.Type, FieldTypes.Of(field.Name)));

    [Fact]
    public void What_fits_is_what_WeChat_takes() => Prop.ForAll(
        (from text in Texts from field in Gen.Elements(Fields) select (text, field)).ToArbitrary(),
        given => TemplateValues.Fit(given.field.Type, given.text) is not { } fit
            || (MessageFields.IsFit(given.field.Name, fit) && fit.Trim().Length > 0
                && TemplateValues.Fit(given.field.Type, fit) == fit)).CheckThoroughly();

    [Fact]
    public void Any_text_with_something_to_see_in_it_is_some_thing() => Prop.ForAll(
        Texts.ToArbitrary(),
        text => TemplateValues.Fit(FieldType.Thing, text + "茶") is { } fit
            && new StringInfo(fit).LengthInTextElements <= TemplateValues.ThingCharsMax).CheckThoroughly();

    [Theory]
    [InlineData(FieldType.Thing, "明前西湖龙井一级礼盒装二百五十克两罐装", "明前西湖龙井一级礼盒装二百五十克两罐装")]
    [InlineData(FieldType.Thing, "明前西湖龙井一级礼盒装二百五十克两罐装包邮", "明前西湖龙井一级礼盒装二百五十克两罐装…")]
    [InlineData(FieldType.Thing, "一行\n两行", "一行 两行")]
    [InlineData(FieldType.Thing, " \u200b\n", null)]
    [InlineData(FieldType.Phrase, "待付款", "待付款")]
    [InlineData(FieldType.Phrase, "EMS", null)]
    [InlineData(FieldType.Phrase, "等待您的付款", null)]
    [InlineData(FieldType.Amount, "￥12.50元", "￥12.50元")]
    [InlineData(FieldType.Amount, "12345678901", null)]
    [InlineData(FieldType.Time, "2026-03-02T12:00:00.0000000+08:00", "2026年3月2日 12:00")]
    [InlineData(FieldType.Date, "2026年3月", "2026年3月")]
    [InlineData(FieldType.Name, "一二三四五六七八九十一", "一二三四五六七八九…")]
    [InlineData(FieldType.CharacterString, "SF123 456", "SF123 456")]
    [InlineData(FieldType.CharacterString, "顺丰", null)]
    public void Values_are_cut_or_refused(FieldType type, string value, string? fit) =>
        Assert.Equal(fit, TemplateValues.Fit(type, value));
}
