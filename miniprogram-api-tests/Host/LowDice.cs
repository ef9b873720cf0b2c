using Pond.Platform;

namespace Pond.Tests;

/// <summary>Dice that show 0 each time, so that a pause of chance length is the shortest there is.</summary>
internal sealed class LowDice : Dice
{
    public override int Roll(int below) => 0;
}
