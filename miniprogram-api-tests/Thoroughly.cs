using FsCheck;
using FsCheck.Fluent;

namespace Pond.Tests;

/// <summary>How properties are checked: none with fewer cases than this.</summary>
internal static class Thoroughly
{
    private const int Cases = 1_000;

    public static void CheckThoroughly(this Property property) =>
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
}
