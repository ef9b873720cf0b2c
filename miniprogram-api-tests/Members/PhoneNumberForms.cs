using FsCheck;
using FsCheck.Fluent;
using Pond.Members;

namespace Pond.Tests.Members;

/// <summary>One number has one form, however it is written.</summary>
[Rule("AUTH-02"), Rule("D40")]
public sealed class PhoneNumberForms
{
    [Theory]
    [InlineData("86", "13800000000", "+8613800000000")]
    [InlineData("+86", "138 0000 0000", "+8613800000000")]
    [InlineData("0086", "138-0000-0000", "+8613800000000")]
    [InlineData("1", "2025550123", "+12025550123")]
    [InlineData("86", "1380000000", null)]
    [InlineData("86", "23800000000", null)]
    [InlineData("86", "+8613800000000", null)]
    [InlineData("", "13800000000", null)]
    [InlineData("0", "13800000000", null)]
    [InlineData("1234", "5678901", null)]
    [InlineData("852", "", null)]
    [InlineData("852", "１２３４５６７８", null)]
    [InlineData("44", "12345678901234", null)]
    public void A_number_becomes_its_canonical_form_or_none(string country, string number, string? expected) =>
        Assert.Equal(expected, PhoneNumbers.Canonical(country, number));

    [Fact]
    public void Spaces_hyphens_and_prefixes_make_no_other_number() => Prop.ForAll(
        ArbMap.Default.ArbFor<uint>(),
        ArbMap.Default.ArbFor<byte>(),
        (seed, cut) =>
        {
            var number = $"1{seed:D10}"[..11];
            var at = cut % number.Length;
            var spelled = $"{number[..at]}{(cut % 2 == 0 ? "-" : " ")}{number[at..]}";
            string[] prefixes = ["86", "+86", "0086"];
            return prefixes.All(prefix => PhoneNumbers.Canonical(prefix, spelled) == "+86" + number);
        }).CheckThoroughly();

    [Theory]
    [InlineData("+8613812345678", "138****5678")]
    [InlineData("+12025550123", "+12****0123")]
    [InlineData("+8521234", "+85****1234")]
    public void A_number_is_shown_with_its_middle_hidden(string number, string shown) =>
        Assert.Equal(shown, PhoneNumbers.Masked(number));
}
