using System.Text;
using Pond.Platform.WeChat;
using Pond.Pricing;

namespace Pond.Orders;

/// <summary>What shoppers read of an order.</summary>
public static class OrderTexts
{
    /// <summary>Bytes that WeChat Pay takes.</summary>
    public const int DescriptionBytesMax = 127;

    /// <summary>The first thing in it and how many there are in all; what is too long is cut.</summary>
    public static string Description(PricedCart cart)
    {
        var pieces = cart.Lines.Sum(line => line.Quantity);
        var more = pieces > 1 ? $" 等{pieces}件" : "";
        var room = DescriptionBytesMax - Encoding.UTF8.GetByteCount(more);
        return Utf8Text.Cut(cart.Lines[0].Title, room) + more;
    }
}
