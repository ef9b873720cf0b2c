using Pond.Platform.Http;

namespace Pond.FlashSales;

/// <summary>FLS-01: how often one member may try, in each process.</summary>
public sealed class FlashSaleLimits(
    int ticketsPerMinute = FlashSaleLimits.TicketsPerMinute, int codesPerMinute = FlashSaleLimits.CodesPerMinute)
    : IDisposable
{
    /// <summary>A ticket lasts a minute, so this is plenty for a phone.</summary>
    public const int TicketsPerMinute = 60;

    /// <summary>So that nobody finds an F code by trying.</summary>
    public const int CodesPerMinute = 60;

    private readonly RateLimit tickets = new(ticketsPerMinute);
    private readonly RateLimit codes = new(codesPerMinute);

    /// <exception cref="ProblemException">Too many tickets of this member.</exception>
    public void TakeTicket(string memberId) => tickets.Take(memberId);

    /// <exception cref="ProblemException">
    /// Too many F codes of this member, right and wrong ones, but for mistyped ones.
    /// </exception>
    public void TakeCode(string memberId) => codes.Take(memberId);

    public void Dispose()
    {
        tickets.Dispose();
        codes.Dispose();
    }
}
