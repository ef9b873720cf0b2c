using System.Text;
using Pond.Pricing;

namespace Pond.Orders;

/// <summary>What shoppers read of an order.</summary>
public static class OrderTexts
{
    /// <summary>Characters that WeChat Pay takes.</summary>
    public const int DescriptionCharsMax = 127;

    /// <summary>The first thing in it and how many there are in all; what is too long is cut.</summary>
    public static string Description(PricedCart cart)
    {
        var pieces = cart.Lines.Sum(line => line.Quantity);
        var more = pieces > 1 ? $" 等{pieces}件" : "";
        var title = new StringBuilder();
        foreach (var rune in cart.Lines[0].Title.EnumerateRunes())
        {
            if (title.Length + rune.Utf16SequenceLength + more.Length > DescriptionCharsMax) break;
            title.Append(rune);
        }

        return title + more;
    }
}
