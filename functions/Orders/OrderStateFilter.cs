using Pond.Platform.Http;

namespace Pond.Orders;

/// <summary>Reads <c>?state=awaitingPayment</c>, which lists of orders take.</summary>
public static class OrderStateFilter
{
    private static readonly Dictionary<string, OrderState> ByName =
        Enum.GetValues<OrderState>().ToDictionary(ResponseJson.NameOf, StringComparer.Ordinal);

    /// <summary>Null when all are wanted.</summary>
    /// <exception cref="ProblemException">No such state, or more than one.</exception>
    public static OrderState? Of(HttpRequest request)
    {
        var values = request.Query["state"];
        if (values.Count == 0) return null;
        return values.Count == 1 && ByName.TryGetValue(values[0] ?? "", out var state)
            ? state
            : throw new ProblemException(OrderRefusals.NoSuchState);
    }
}
