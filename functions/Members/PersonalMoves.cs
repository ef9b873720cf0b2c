using Pond.Kernel;

namespace Pond.Members;

/// <summary>
/// AUTH-10: brings over where the orders of a merged account go, and its addresses: sealed under the other's key.
/// </summary>
/// <remarks>Doing it twice does no harm: what is there already stays.</remarks>
public sealed class PersonalMoves(PersonalData people)
{
    public async Task Run(string fromMemberId, string intoMemberId, CancellationToken cancel)
    {
        if (await people.FindRow<AddressBook>(fromMemberId, AddressBooks.Row, cancel) is { } book)
        {
            await people.ChangeRow<AddressBook>(
                intoMemberId,
                AddressBooks.Row,
                own => AddressRules.Join(own ?? AddressBook.Empty, book),
                cancel);
        }

        await foreach (var kept in people.ReadRows<KeptDelivery>(fromMemberId, Deliveries.Prefix, cancel))
        {
            await people.ChangeRow<KeptDelivery>(
                intoMemberId,
                Deliveries.Row(kept.OrderId),
                own => own is null ? kept : Decision<KeptDelivery>.Nothing,
                cancel);
        }
    }
}
