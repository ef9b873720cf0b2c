using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Pond.Platform.WeChat.Pay;

/// <summary>One key, imported as often as threads use it at once.</summary>
/// <remarks>
/// An object that holds a key is not for many threads at once, and an import takes longer than its use.
/// </remarks>
/// <param name="import">Puts the key into an object.</param>
internal sealed class RsaPool(Action<RSA> import)
{
    private readonly ConcurrentBag<RSA> idle = [];

    public T Use<T>(Func<RSA, T> use)
    {
        if (!idle.TryTake(out var key)) import(key = RSA.Create());
        try
        {
            return use(key);
        }
        finally
        {
            idle.Add(key);
        }
    }
}
