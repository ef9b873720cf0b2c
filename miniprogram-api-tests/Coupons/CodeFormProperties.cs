using FsCheck;
using FsCheck.Fluent;
using Pond.Coupons;
using Pond.Kernel;

namespace Pond.Tests.Coupons;

[Rule("CPN-07")]
public sealed class CodeFormProperties
{
    [Fact]
    public void Every_code_reads_as_itself() => Prop.ForAll(
        Codes, code => code.Length == CodeForms.Chars && CodeForms.Parse(code) == code).CheckThoroughly();

    [Fact]
    public void Every_single_wrong_character_is_caught() => Prop.ForAll(
        Codes, Places(CodeForms.Chars), Letters, (code, place, letter) =>
            code[place] == letter || CodeForms.Parse(code[..place] + letter + code[(place + 1)..]) is null)
        .CheckThoroughly();

    [Fact]
    public void Every_swap_of_two_neighbours_is_caught() => Prop.ForAll(
        Codes, Places(CodeForms.Chars - 1), (code, place) =>
            code[place] == code[place + 1]
            || CodeForms.Parse(code[..place] + code[place + 1] + code[place] + code[(place + 2)..]) is null)
        .CheckThoroughly();

    [Fact]
    public void A_missing_or_an_extra_character_is_caught() => Prop.ForAll(
        Codes, Places(CodeForms.Chars), Letters, (code, place, letter) =>
            CodeForms.Parse(code.Remove(place, 1)) is null && CodeForms.Parse(code.Insert(place, $"{letter}")) is null)
        .CheckThoroughly();

    [Fact]
    public void Small_letters_blanks_and_dashes_do_not_matter() => Prop.ForAll(
        Codes, Places(CodeForms.Chars), Gen.Elements(" ", "-", "\u2013", "\u3000", " - ").ToArbitrary(),
        (code, place, filler) =>
            CodeForms.Parse($" {code.ToLowerInvariant().Insert(place, filler)} ") == code
            && CodeForms.Parse(CodeForms.Grouped(code)) == code).CheckThoroughly();

    [Fact]
    public void No_character_is_taken_for_another()
    {
        Assert.Equal(31, CodeForms.Alphabet.Distinct().Count());
        Assert.DoesNotContain(CodeForms.Alphabet, letter => "01OIL".Contains(letter, StringComparison.Ordinal));
    }

    [Theory, InlineData(""), InlineData("----"), InlineData("000000000000"), InlineData("兑换码"), InlineData("\0")]
    public void What_is_no_code_is_none(string text) => Assert.Null(CodeForms.Parse(text));

    private static Arbitrary<string> Codes =>
        (from high in Gen.Choose(0, int.MaxValue)
         from low in Gen.Choose(0, int.MaxValue)
         select CodeForms.Of(((UInt128)(uint)high << 31) + (uint)low)).ToArbitrary();

    private static Arbitrary<char> Letters => Gen.Elements(CodeForms.Alphabet.ToCharArray()).ToArbitrary();

    private static Arbitrary<int> Places(int count) => Gen.Choose(0, count - 1).ToArbitrary();
}
