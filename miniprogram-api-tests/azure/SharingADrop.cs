using System.Globalization;
using Xunit.Abstractions;

namespace Pond.Tests.Azure;

[Collection(nameof(ThreeProcesses)), Rule("FLS-03")]
public sealed class SharingADrop(ThreeProcesses three, ITestOutputHelper output)
{
    private const int Pieces = 40;
    private const int Buyers = 150; // so that no ticket ends before it is its turn, also on a slow machine

    [Theory, InlineData(1), InlineData(4)]
    public async Task A_crowd_at_three_processes_gets_exactly_the_forty_pieces_and_an_order_for_each(int shards)
    {
        var (crowd, rush) = ((await three.Crowd())[..Buyers], await DropRush.Publish(three, Pieces, shards));

        var claims = await rush.Run(crowd, callers: Buyers);

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Buyers} claims of a drop at once at {Fleet.Size} processes, {shards} shards: {Buyers / rush.Seconds:F0} answers/s"));
        await rush.AssertSoldOut([.. claims.Select(one => one.Claim)], Pieces);
    }
}
