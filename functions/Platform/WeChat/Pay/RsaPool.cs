using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Pond.Platform.WeChat.Pay;

/// <summary>One key, imported as often as threads use it at once.</summary>
/// <remarks>
/// An object that holds a key is not for many threads at once, and an import takes longer than its use. What was
/// imported lives as long as the bytes that it came from.
/// </remarks>
/// <param name="import">Puts the key into an object.</param>
internal sealed class RsaPool(Action<RSA> import)
{
    private static readonly ConditionalWeakTable<byte[], RsaPool> Private = [];
    private static readonly ConditionalWeakTable<byte[], RsaPool> Public = [];

    private readonly ConcurrentBag<RSA> idle = [];

    /// <param name="pkcs8">A private key, as DER.</param>
    public static RsaPool OfPrivate(byte[] pkcs8) => Private.GetValue(
        pkcs8, der => new RsaPool(rsa => rsa.ImportPkcs8PrivateKey(der, out _)));

    /// <param name="subject">A public key, as DER.</param>
    public static RsaPool OfPublic(byte[] subject) => Public.GetValue(
        subject, der => new RsaPool(rsa => rsa.ImportSubjectPublicKeyInfo(der, out _)));

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
