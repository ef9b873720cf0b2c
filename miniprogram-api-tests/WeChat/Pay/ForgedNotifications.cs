using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.WeChat.Pay;

/// <summary>A notification that is not WeChat's, not of now, or not for this app.</summary>
/// <param name="What">What was done to it.</param>
/// <param name="FitsHttp">Whether HTTP carries its headers as they are: no line ends, no blanks around, ASCII.</param>
internal sealed record ForgedNotification(string What, PayNotification Notification, bool FitsHttp)
{
    public override string ToString() => What;
}

/// <summary>Makes them from one that is good, one change at a time.</summary>
/// <param name="platform">Whose keys the good one is signed and sealed with.</param>
/// <param name="good">Taken as it is.</param>
/// <param name="now">The receiver's clock.</param>
internal sealed partial class ForgedNotifications(PayPlatform platform, PayNotification good, DateTimeOffset now)
{
    private static readonly string[] Headers = ["Timestamp", "Nonce", "Signature", "Serial"];

    private readonly byte[] body = good.Body.ToArray();

    public IReadOnlyList<ForgedNotification> All() =>
    [
        .. AlteredHeaders(), .. OtherTimes(), .. OtherSignatures(), .. Probes(), .. OtherBodies(),
        .. AlteredFields(), .. ResignedFields(), .. FlippedBits(), .. OtherContents(),
    ];

    private bool IsRefund => (string)Envelope()["resource"]!["original_type"]! == "refund";

    private JsonObject Envelope() => JsonNode.Parse(body)!.AsObject();

    private PayNotification Resigned(byte[] other) => platform.Sign(other, now);

    private static ForgedNotification Of(string what, PayNotification notification) =>
        new(what, notification, Headers.All(name => FitsHttp(Header(notification, name))));

    private static bool FitsHttp(string? value) =>
        value is null || (value.Length > 0 && value.Trim() == value && value.All(each => each is >= ' ' and <= '~'));

    private static string? Header(PayNotification notification, string name) => name switch
    {
        "Timestamp" => notification.Timestamp,
        "Nonce" => notification.Nonce,
        "Signature" => notification.Signature,
        _ => notification.Serial,
    };

    private static PayNotification With(PayNotification notification, string name, string? value) => name switch
    {
        "Timestamp" => notification with { Timestamp = value },
        "Nonce" => notification with { Nonce = value },
        "Signature" => notification with { Signature = value },
        _ => notification with { Serial = value },
    };

    private IEnumerable<ForgedNotification> AlteredHeaders() =>
        from name in Headers
        let value = Header(good, name)!
        from change in Changes(value)
        where change.Value != value
        select Of($"{name} {change.What}", With(good, name, change.Value));

    private static IEnumerable<(string What, string? Value)> Changes(string value)
    {
        var middle = value.Length / 2;
        yield return ("missing", null);
        yield return ("empty", "");
        yield return ("one blank", " ");
        yield return ("twice", $"{value},{value}");
        yield return ("twice with a blank", $"{value}, {value}");
        yield return ("with another", $"{value},0");
        yield return ("after a blank", " " + value);
        yield return ("before a blank", value + " ");
        yield return ("after a tab", "\t" + value);
        yield return ("before a line end", value + "\n");
        yield return ("before a null", value + "\0");
        yield return ("around a blank", value.Insert(middle, " "));
        yield return ("around a line end", value.Insert(middle, "\r\n"));
        yield return ("in lower case", value.ToLowerInvariant());
        yield return ("in upper case", value.ToUpperInvariant());
        yield return ("in quotes", $"\"{value}\"");
        yield return ("without its first character", value[1..]);
        yield return ("without its last character", value[..^1]);
        yield return ("with one more", value + "0");
        yield return ("with one before", "0" + value);
        yield return ("backwards", new string([.. value.Reverse()]));
        yield return ("in full width", new string([.. value.Select(each => (char)(each + 0xFEE0))]));
        yield return ("very long", new string('7', 10_000));
        yield return ("null as a word", "null");
        yield return ("zero", "0");
        foreach (var index in (int[])[0, middle, value.Length - 1])
            yield return ($"altered at {index}", Altered(value, index));
    }

    private static string Altered(string text, int index)
    {
        var other = text[index] switch { '9' => '8', 'z' or 'Z' or '=' => 'A', _ => (char)(text[index] + 1) };
        return $"{text[..index]}{other}{text[(index + 1)..]}";
    }

    /// <summary>Good signatures, of another time than now.</summary>
    private IEnumerable<ForgedNotification> OtherTimes()
    {
        var window = PayNotifications.TimeTolerance;
        var second = TimeSpan.FromSeconds(1);
        TimeSpan[] distances =
            [window, window + second, TimeSpan.FromMinutes(6), TimeSpan.FromHours(1), TimeSpan.FromHours(8), TimeSpan.FromDays(1), TimeSpan.FromDays(365)];
        foreach (var distance in distances.SelectMany(each => new[] { each, -each }))
            yield return Of($"signed {distance} away", platform.Sign(body, now + distance));
        var seconds = now.ToUnixTimeSeconds();
        string[] forms =
        [
            $"{seconds}000", $"-{seconds}", $"+{seconds}", $"0{seconds}0000", $"{seconds}.0", $"0x{seconds:x}", "1e9", "0", "99999999999",
            long.MaxValue.ToString(CultureInfo.InvariantCulture), now.ToString("O"), "now", $"٠{seconds}",
        ];
        foreach (var form in forms)
        {
            var signature = platform.Signature(form, good.Nonce!, body);
            yield return Of($"signed at {form}", good with { Timestamp = form, Signature = signature });
        }

        foreach (var shift in (int[])[-299, -60, -1, 1, 60, 299]) // the good one again, as if of another moment
            yield return Of($"replayed {shift} s on", good with { Timestamp = $"{long.Parse(good.Timestamp!) + shift}" });
    }

    private IEnumerable<ForgedNotification> OtherSignatures()
    {
        using var stranger = RSA.Create(2048);
        var other = new PayPlatform(stranger, platform.Serial, "0123456789abcdef0123456789ABCDEF");
        yield return Of("signed by a stranger", other.Sign(body, now));
        yield return Of("signed by a stranger, and says so", other.Named("AAAA2D72A03E93CDDF8C03BBD1F37EEDF1234567").Sign(body, now));
        yield return Of("signed by a stranger's public key", other.Named("PUB_KEY_ID_0119000000012026010100000000009999").Sign(body, now));
        foreach (var serial in (string[])["AAAA2D72A03E93CDDF8C03BBD1F37EEDF1234567", "0000000000000000", "PUB_KEY_ID_1", "PUB_KEY_ID_", "../../v3/certificates", "*"])
            yield return Of($"signed well under the name {serial}", platform.Named(serial).Sign(body, now));

        var (timestamp, nonce) = (good.Timestamp!, good.Nonce!);
        var message = PayPlatform.Message(timestamp, nonce, body);
        var key = platform.Key;
        (string What, byte[] Signature)[] wrong =
        [
            ("of another body", Sha256([.. message, 32])),
            ("of no body", Sha256(PayPlatform.Message(timestamp, nonce, []))),
            ("of the body alone", Sha256(body)),
            ("without the last line end", Sha256(message[..^1])),
            ("without the nonce", Sha256([.. Encoding.UTF8.GetBytes(timestamp + "\n"), .. body, 10])),
            ("of nonce before time", Sha256(PayPlatform.Message(nonce, timestamp, body))),
            ("of a request", Sha256([.. Encoding.UTF8.GetBytes($"POST\n/\n{timestamp}\n{nonce}\n"), .. body, 10])),
#pragma warning disable CA5350, CA5351 // that they are too weak is the point
            ("by SHA-1", key.SignData(message, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1)),
            ("by MD5", key.SignData(message, HashAlgorithmName.MD5, RSASignaturePadding.Pkcs1)),
#pragma warning restore CA5350, CA5351
            ("by SHA-512", key.SignData(message, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)),
            ("by PSS", key.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
            ("by a hash", SHA256.HashData(message)),
            ("by an HMAC", HMACSHA256.HashData(Encoding.ASCII.GetBytes(platform.Serial), message)),
            ("of zeros", new byte[256]),
            ("of one byte", [1]),
            ("of a larger key", new byte[512]),
            ("one byte short", Convert.FromBase64String(good.Signature!)[1..]),
            ("one byte long", [.. Convert.FromBase64String(good.Signature!), 0]),
        ];
        foreach (var (what, signature) in wrong)
            yield return Of($"signature {what}", good with { Signature = Convert.ToBase64String(signature) });
        for (var bit = 0; bit < 8; bit++)
        {
            var flipped = Convert.FromBase64String(good.Signature!);
            flipped[bit * 31] ^= (byte)(1 << bit);
            yield return Of($"signature with bit {bit} flipped", good with { Signature = Convert.ToBase64String(flipped) });
        }

        byte[] Sha256(byte[] what) => key.SignData(what, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>With these WeChat tries whether anybody looks.</summary>
    private IEnumerable<ForgedNotification> Probes()
    {
        const string start = "WECHATPAY/SIGNTEST/";
        foreach (var rest in (string[])["", "A", "AA", "AAA", "AAAA", "=", good.Signature!, good.Signature![..^4], new string('A', 325), new string('/', 1000)])
            yield return Of($"probe {rest.Length}", good with { Signature = start + rest });
    }

    private IEnumerable<ForgedNotification> OtherBodies()
    {
        var text = Encoding.UTF8.GetString(body);
        (string What, byte[] Bytes)[] others =
        [
            ("nothing", []), ("{}", "{}"u8.ToArray()), ("[]", "[]"u8.ToArray()), ("null", "null"u8.ToArray()),
            ("0", "0"u8.ToArray()), ("a text", "\"SUCCESS\""u8.ToArray()), ("XML", "<xml><return_code>SUCCESS</return_code></xml>"u8.ToArray()),
            ("a form", "code=SUCCESS"u8.ToArray()), ("twice itself", [.. body, .. body]), ("itself in an array", [(byte)'[', .. body, (byte)']']),
            ("itself after a mark", [.. Encoding.UTF8.Preamble, .. body]), ("itself in UTF-16", Encoding.Unicode.GetBytes(text)),
            ("no UTF-8", [0xFF, 0xFE, .. body]), ("half a character", [.. body[..^2], 0xE6, .. body[^2..]]), ("zeros", new byte[body.Length]),
            ("one byte too much", [.. body, .. Blanks(PayNotifications.BodyBytesMax + 1 - body.Length)]),
            ("a megabyte", [.. body, .. Blanks(1024 * 1024)]),
            ("deep", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000))),
            .. Enumerable.Range(1, 9).Select(tenth => ($"{tenth}/10 of itself", body[..(body.Length * tenth / 10)])),
        ];
        foreach (var (what, bytes) in others)
        {
            yield return Of($"body {what}", good with { Body = bytes });
            yield return Of($"body {what}, signed", Resigned(bytes));
        }

        yield return Of("body with a blank after it", good with { Body = (byte[])[.. body, (byte)' '] });
        yield return Of("body with a blank before it", good with { Body = (byte[])[(byte)' ', .. body] });
        for (var index = 0; index < body.Length; index += Math.Max(1, body.Length / 40))
        {
            var flipped = body.ToArray();
            flipped[index] ^= 1;
            yield return Of($"body altered at {index}", good with { Body = flipped });
        }

        static byte[] Blanks(int count) => [.. Enumerable.Repeat((byte)' ', count)];
    }
}
