namespace Pond.Orders;

/// <summary>Settings of orders, section <c>Orders</c>.</summary>
public sealed class OrderOptions
{
    private const int PayMinutesMin = 5;
    private const int PayMinutesMax = 24 * 60;

    /// <summary>Minutes that a new order waits to be paid.</summary>
    public int PayMinutes { get; set; } = 30;

    /// <summary>What is malformed.</summary>
    public IEnumerable<string> Problems()
    {
        if (PayMinutes is < PayMinutesMin or > PayMinutesMax)
            yield return $"Orders:PayMinutes must be {PayMinutesMin} … {PayMinutesMax}.";
    }
}
