using System.Globalization;
using System.Text.RegularExpressions;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>What WeChat takes in the fields of a message, by the type in the field's name.</summary>
/// <remarks>Source: WeChat's docs, 订阅消息参数值内容限制说明.</remarks>
public static partial class MessageFields
{
    public static bool IsFit(string name, string value) =>
        !value.Any(char.IsControl) && Form(name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')) is { } form && form.IsMatch(value)
        && new StringInfo(value).LengthInTextElements > 0;

    private static Regex? Form(string type) => type switch
    {
        "thing" => Thing(),
        "number" => Number(),
        "letter" => Letter(),
        "symbol" => Symbol(),
        "character_string" => CharacterString(),
        "time" or "date" => Time(),
        "amount" => Amount(),
        "phone_number" => PhoneNumber(),
        "car_number" => CarNumber(),
        "name" => Name(),
        "phrase" => Phrase(),
        _ => null,
    };

    [GeneratedRegex(@"^.{1,20}\z")]
    private static partial Regex Thing();

    [GeneratedRegex(@"^(?=.{1,32}\z)[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[A-Za-z]{1,32}\z")]
    private static partial Regex Letter();

    [GeneratedRegex(@"^[\p{P}\p{S}]{1,5}\z")]
    private static partial Regex Symbol();

    [GeneratedRegex(@"^[\x20-\x7e]{1,32}\z")]
    private static partial Regex CharacterString();

    [GeneratedRegex(
        @"^(?=.*[0-9])([0-9]{4}[年/.-])?([0-9]{1,2}[月/.-])?([0-9]{1,2}日?)? ?([0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?\z")]
    private static partial Regex Time();

    [GeneratedRegex(@"^[¥￥$€£]?(\.?[0-9]){1,10}元?\z")]
    private static partial Regex Amount();

    [GeneratedRegex(@"^[0-9+()* -]{1,17}\z")]
    private static partial Regex PhoneNumber();

    [GeneratedRegex(@"^.{1,8}\z")]
    private static partial Regex CarNumber();

    [GeneratedRegex(@"^([^\u3400-\u9fff]{1,20}|.{1,10})\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[\u3400-\u9fff]{1,5}\z")]
    private static partial Regex Phrase();
}
