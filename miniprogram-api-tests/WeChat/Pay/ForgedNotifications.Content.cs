using System.Text;
using System.Text.Json.Nodes;

namespace Pond.Tests.WeChat.Pay;

/// <summary>The changes to what a notification says, without and with a good signature.</summary>
internal sealed partial class ForgedNotifications
{
    private static readonly string[][] EnvelopeFields =
    [
        ["id"], ["create_time"], ["resource_type"], ["event_type"], ["summary"], ["resource"],
        ["resource", "original_type"], ["resource", "algorithm"], ["resource", "ciphertext"],
        ["resource", "associated_data"], ["resource", "nonce"],
    ];

    /// <summary>What must be there, and right, even when WeChat has signed it.</summary>
    private static readonly string[][] NeededFields = [.. EnvelopeFields.Except([["id"], ["create_time"], ["summary"]], ByPath.Of)];

    private static readonly string[][] PaymentFields =
    [
        ["appid"], ["mchid"], ["out_trade_no"], ["transaction_id"], ["trade_state"], ["success_time"], ["amount"],
        ["amount", "total"], ["amount", "currency"], ["payer"], ["payer", "openid"],
    ];

    private static readonly string[][] RefundFields =
    [
        ["mchid"], ["out_trade_no"], ["transaction_id"], ["out_refund_no"], ["refund_id"], ["refund_status"],
        ["amount"], ["amount", "total"], ["amount", "refund"],
    ];

    /// <summary>Whoever is between changes a field and cannot sign.</summary>
    private IEnumerable<ForgedNotification> AlteredFields() =>
        from field in EnvelopeFields
        from change in FieldChanges(Envelope(), field)
        select Of($"{string.Join('.', field)} {change.What}", good with { Body = PayPlatform.Bytes(change.Json) });

    /// <summary>Signed well, but not what WeChat sends.</summary>
    private IEnumerable<ForgedNotification> ResignedFields()
    {
        foreach (var field in NeededFields)
        {
            foreach (var (what, json) in FieldChanges(Envelope(), field))
                yield return Of($"{string.Join('.', field)} {what}, signed", Resigned(PayPlatform.Bytes(json)));
        }

        foreach (var algorithm in (string[])["AEAD_AES_128_GCM", "AEAD_SM4_GCM", "aead_aes_256_gcm", "NONE", "AES-256-CBC"])
            yield return Of($"algorithm {algorithm}", Resigned(WithEnvelope(["resource", "algorithm"], algorithm)));
        foreach (var type in (string[])["transaction", "refund", "mch_payment", "payscore", "Transaction", "REFUND"])
        {
            if (type != (IsRefund ? "refund" : "transaction"))
                yield return Of($"original_type {type}", Resigned(WithEnvelope(["resource", "original_type"], type)));
        }

        foreach (var type in (string[])["TRANSACTION.SUCCESS", "REFUND.SUCCESS", "REFUND.CLOSED", "REFUND.ABNORMAL", "REFUND.PROCESSING", "TRANSACTION.FAIL", "MCHTRANSFER.BILL.FINISHED", "transaction.success", "refund.success"])
        {
            if (type != (string)Envelope()["event_type"]!)
                yield return Of($"event_type {type}", Resigned(WithEnvelope(["event_type"], type)));
        }

        var text = Encoding.UTF8.GetString(body);
        foreach (var name in (string[])["event_type", "resource_type", "original_type", "ciphertext", "nonce"])
            yield return Of($"{name} twice, signed", Resigned(Encoding.UTF8.GetBytes(text.Replace($"\"{name}\":", $"\"{name}\":\"x\",\"{name}\":"))));
    }

    /// <summary>Signed well; the seal does not hold.</summary>
    private IEnumerable<ForgedNotification> FlippedBits()
    {
        var resource = Envelope()["resource"]!;
        var sealedBytes = Convert.FromBase64String((string)resource["ciphertext"]!);
        var length = sealedBytes.Length;
        int[] places = [0, 1, length / 2, length - 17, .. Enumerable.Range(length - 16, 16)]; // the last 16 are the tag
        foreach (var place in places)
        {
            for (var bit = 0; bit < 8; bit += place < length - 16 ? 1 : 4)
            {
                var flipped = sealedBytes.ToArray();
                flipped[place] ^= (byte)(1 << bit);
                yield return Sealed($"ciphertext bit {bit} of byte {place - length}", "ciphertext", Convert.ToBase64String(flipped));
            }
        }

        foreach (var cut in (int[])[1, 15, 16, 17, length / 2])
        {
            yield return Sealed($"ciphertext without its last {cut}", "ciphertext", Convert.ToBase64String(sealedBytes[..^cut]));
            yield return Sealed($"ciphertext without its first {cut}", "ciphertext", Convert.ToBase64String(sealedBytes[cut..]));
        }

        foreach (var name in (string[])["nonce", "associated_data"])
        {
            var value = (string)resource[name]!;
            for (var index = 0; index < value.Length; index++)
                yield return Sealed($"{name} altered at {index}", name, Altered(value, index));
            foreach (var other in (string[])["", " " + value, value + " ", value.ToUpperInvariant(), value[1..], value + "\0"])
                yield return Sealed($"{name} '{other}'", name, other);
        }

        foreach (var other in (string[])["", "====", "not base64", (string)resource["ciphertext"]! + "\n", " " + (string)resource["ciphertext"]!])
            yield return Sealed($"ciphertext text {other.Length}", "ciphertext", other);

        ForgedNotification Sealed(string what, string name, string value) =>
            Of(what, Resigned(WithEnvelope(["resource", name], value)));
    }

    /// <summary>Signed and sealed well; not about this app, or not all of it.</summary>
    private IEnumerable<ForgedNotification> OtherContents()
    {
        var type = (string)Envelope()["event_type"]!;
        foreach (var field in IsRefund ? RefundFields : PaymentFields)
        {
            foreach (var (what, json) in FieldChanges(Content(), field, onlyRetyped: field[^1] is not ("mchid" or "appid" or "trade_state" or "refund_status")))
                yield return Of($"content's {string.Join('.', field)} {what}", platform.Notify(type, json, now));
        }

        (string Name, string[] Values)[] wrong = IsRefund
            ? [("refund_status", ["PROCESSING", "CLOSED", "ABNORMAL", "success", "PAID"]), ("mchid", ["1900000109", "190000000", "19000000010"])]
            : [("trade_state", ["NOTPAY", "CLOSED", "REVOKED", "USERPAYING", "PAYERROR", "REFUND", "success"]), ("mchid", ["1900000109", "190000000", "19000000010"]), ("appid", ["wxd678efh567hg6787", "wx", "WX1234567890ABCDEF"])];
        foreach (var (name, value) in wrong.SelectMany(each => each.Values.Select(value => (each.Name, value))))
            yield return Of($"content's {name} {value}", platform.Notify(type, Set(Content(), [name], value), now));
        string[] amounts = ["-1", "1.5", "1e30", "99999999999999999999", "\"1990\"", "null", "true"];
        foreach (var amount in amounts)
            yield return Of($"content's amount {amount}", platform.Notify(type, Set(Content(), ["amount", "total"], JsonNode.Parse(amount)), now));
        foreach (var plaintext in (string[])["", "{}", "[]", "null", "{\"mchid\":", "SUCCESS", "\"\\ud800\""])
        {
            var envelope = Envelope();
            var kind = (string)envelope["resource"]!["original_type"]!;
            envelope["resource"] = platform.Seal(Encoding.UTF8.GetBytes(plaintext), kind, kind);
            yield return Of($"content {plaintext}", Resigned(PayPlatform.Bytes(envelope)));
        }

        var stranger = new PayPlatform(platform.Key, platform.Serial, "another-key-of-32-characters-...");
        yield return Of("sealed for another merchant", stranger.Notify(type, Content(), now));
    }

    private JsonObject Content() => platform.Opened(Envelope()["resource"]!);

    private byte[] WithEnvelope(string[] path, string value) => PayPlatform.Bytes(Set(Envelope(), path, value));

    private static IEnumerable<(string What, JsonObject Json)> FieldChanges(
        JsonObject json, string[] path, bool onlyRetyped = false)
    {
        yield return ("missing", Set(json, path, null, remove: true));
        yield return ("null", Set(json, path, null));
        yield return ("true", Set(json, path, true));
        yield return ("an array", Set(json, path, new JsonArray()));
        yield return ("an object", Set(json, path, new JsonObject()));
        yield return ("an empty text", Set(json, path, ""));
        if (Get(json, path) is JsonValue value)
        {
            var isText = value.GetValueKind() == System.Text.Json.JsonValueKind.String;
            yield return ("retyped", isText ? Set(json, path, 7) : Set(json, path, value.ToString()));
            if (isText && !onlyRetyped) yield return ("altered", Set(json, path, value + "x"));
            if (isText && !onlyRetyped) yield return ("shortened", Set(json, path, value.ToString()[..^1]));
        }
    }

    private static JsonNode? Get(JsonObject json, string[] path) =>
        path.Length == 1 ? json[path[0]] : Get(json[path[0]]!.AsObject(), path[1..]);

    private static JsonObject Set(JsonObject json, string[] path, JsonNode? value, bool remove = false)
    {
        var copy = json.DeepClone().AsObject();
        var owner = path.Length == 1 ? copy : copy[path[0]]!.AsObject();
        if (remove) owner.Remove(path[^1]);
        else owner[path[^1]] = value;
        return copy;
    }

    private sealed class ByPath : IEqualityComparer<string[]>
    {
        public static readonly ByPath Of = new();

        public bool Equals(string[]? x, string[]? y) => x!.SequenceEqual(y!);

        public int GetHashCode(string[] obj) => obj[^1].GetHashCode(StringComparison.Ordinal);
    }
}
