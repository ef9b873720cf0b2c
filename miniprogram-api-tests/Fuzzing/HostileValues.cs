namespace Pond.Tests.Fuzzing;

/// <summary>Values that break things elsewhere.</summary>
internal static class HostileValues
{
    /// <summary>JSON as it stands in a body; not all of it is JSON.</summary>
    public static readonly string[] Tokens =
    [
        "null", "true", "false", "0", "-0", "-1", "1", "2", "7", "1.0", "1.5", "1e3", "-1e3", "1e400", "01", "0x1",
        "NaN",
        "Infinity", "2147483647", "2147483648", "-2147483648", "4294967296", "9007199254740993", "9223372036854775807",
        "-9223372036854775808", "9223372036854775808", "99999999999999999999999", "\"\"", "\" \"", "\"0\"",
        "\"\\u0000\"",
        "\"\\ud800\"", "\"\\udfff\\ud800\"", "\"\\u202e\"", "\"\\ufeff\"", "\"\\uffff\"", "[]", "[[]]", "[null]", "{}",
        "{\"\":0}", "{\"$type\":\"System.Object\"}", "{\"__proto__\":{}}", "{\"$ref\":\"#\"}", "[1,2,3]",
        "[\"a\",\"a\"]",
        "\"2026-02-30\"", "\"2026-03-02T12:00:00+08:00\"", "\"0001-01-01T00:00:00+14:00\"", "undefined", "'a'", "", ",",
    ];

    /// <summary>Texts for fields, paths, queries and headers.</summary>
    public static readonly string[] Texts =
    [
        "", " ", "a", "0", "-1", "null", "undefined", "true", "%00", "%0d%0aSet-Cookie:x", "../../etc/passwd",
        "..%2f..%2f",
        "%252e%252e%252f", "..\\..\\", "/", "//", "\\", "#", "?", "%", "%zz", "%c0%af", "%ff", "*", "|", "'", "\"", "`",
        "' OR '1'='1", "'; DROP TABLE stored_row; --", "\" or \"\"=\"", "1) or (1=1", "PartitionKey eq 'm'",
        "x' and RowKey ge '", "$filter=true", "{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>",
        "{{constructor.constructor}}",
        "${jndi:ldap://127.0.0.1/a}", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=", "=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "＝1+1", "%s%s%n", "$(id)",
        "`id`",
        "&& id", "*)(uid=*))(|(uid=*", "[$ne]", "{\"$gt\":\"\"}", "http://169.254.169.254/", "https://[::1]/a.jpg",
        "file:///etc/passwd", "gopher://x", "１２３", "９９", "優惠", "龍井", "𠮷𪚥", "辻󠄀", "あ゙", "ﷺ", "👨‍👩‍👧‍👦",
        "e\u0301\u0301\u0301", "\u202eabc", "\u200b", "\u2028", "\ufeff", "İ", "ß", "Ꭰ", "а", "ｌongjing-50",
        "longjing-50\u200b",
        "LONGJING-50", "00000000000000000000000000", "0000000000000000000000000O", "op:x", "outbox:1", "member", "m:1",
        "zzzzzzzzzzzzzzzzzzzzzzzzzz", "2026-03-02", "2026-02-30", "9999-12-31", "0001-01-01",
    ];

    /// <summary>Bytes that are no UTF-8, no JSON, or the end of something.</summary>
    public static readonly byte[][] Bytes =
    [
        [0], [0xFF], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
        [0xE4, 0xB8], [0xC1, 0xFA, 0xBE, 0xAE], "{"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(),
        "\""u8.ToArray(), "\\"u8.ToArray(), ","u8.ToArray(), ":"u8.ToArray(), "\r\n"u8.ToArray(), "/*"u8.ToArray(),
        "\\u0000"u8.ToArray(), "\\ud83d"u8.ToArray(), "-"u8.ToArray(), "e9"u8.ToArray(), "9999999999"u8.ToArray(),
        "null"u8.ToArray(),
    ];
}
