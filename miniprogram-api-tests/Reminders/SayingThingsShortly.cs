using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Pond.Platform.Storage;
using Pond.Reminders;

namespace Pond.Tests.Reminders;

/// <summary>Whatever things are called, a reminder fits into a message of WeChat.</summary>
[Rule("TCH-06")]
public sealed class SayingThingsShortly
{
    [Fact]
    public void No_text_is_too_long_and_none_is_cut_through_a_character() => Prop.ForAll(
        Gen.Elements("茶", "a", "👨‍👩‍👧", "𠮷", "é", "…", " ").ListOf().ToArbitrary(),
        parts =>
        {
            var text = string.Concat(parts);
            var shown = ReminderTexts.Shortened(text);
            var length = new StringInfo(shown).LengthInTextElements;
            return length <= ReminderTexts.CharsMax && Utf16.IsStorable(shown)
                && (shown == text || (shown[^1] == '…' && text.StartsWith(shown[..^1], StringComparison.Ordinal)));
        }).CheckThoroughly();

    [Fact]
    public void Times_are_those_of_China() =>
        Assert.Equal("2026年3月2日 12:00", ReminderTexts.TimeOf(HandClock.Start));
}
