using Pond.Kernel;
using Pond.Platform;

namespace Pond.Points;

/// <summary>PTS-03: holds points for an order that is not paid yet. For those who place orders.</summary>
/// <remarks>Posting, voiding and undoing come by the messages of orders; what was voided is never held after.</remarks>
public sealed class OrderPoints(Transactor transactor)
{
    /// <summary>All or nothing; the same again has the same outcome.</summary>
    public Task<Refusal?> Hold(string memberId, string orderId, long points, CancellationToken cancel) =>
        throw new NotSupportedException($"{transactor} {memberId} {orderId} {points} {cancel}");
}
