using System.Buffers;
using Pond.Kernel;
using Pond.Platform.Storage;

namespace Pond.Platform.Http;

/// <summary>The Idempotency-Key header of calls that move value. The phone makes the key, and keeps it until it has an answer.</summary>
public static class Idempotency
{
    public const string Header = "Idempotency-Key";
    public const int KeyCharsMin = 16;
    public const int KeyCharsMax = 64;

    private static readonly SearchValues<char> KeyChars =
        SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    private static readonly Refusal KeyMissing =
        new("idempotency.key_missing", RefusalKind.Invalid, "缺少请求编号 Idempotency-Key。");

    private static readonly Refusal KeyMalformed =
        new("idempotency.key_malformed", RefusalKind.Invalid, "请求编号须为 16 至 64 位字母、数字、减号或下划线。");

    /// <summary>The operation that this request asks for. A key counts for one caller, one method and one path.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="caller">The id of the member or operator.</param>
    /// <param name="body">The request's content as it was understood; white space and the order of its fields do not matter.</param>
    /// <exception cref="ProblemException">The header is missing, malformed or there twice.</exception>
    public static Operation Operation(this HttpRequest request, string name, string caller, object? body = null)
    {
        var values = request.Headers[Header];
        if (values.Count == 0) throw new ProblemException(KeyMissing);
        var key = values[0] ?? "";
        if (values.Count > 1 || key.Length is < KeyCharsMin or > KeyCharsMax || key.AsSpan().ContainsAnyExcept(KeyChars))
            throw new ProblemException(KeyMalformed);

        var path = (request.Path.Value ?? "").TrimEnd('/').ToUpperInvariant(); // routes do not tell the two apart
        var fingerprint = Keys.Hash(request.Method, path, body is null ? "" : Stored.Write(body));
        return new Operation(name, $"{caller}|{key}", fingerprint);
    }
}
