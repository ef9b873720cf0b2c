using System.Reflection;
using Pond.Kernel;

namespace Pond.Tests.Http;

/// <summary>The sorts of bad input.</summary>
internal enum BadInput
{
    Syntax,
    Types,
    Fields,
    Integers,
    Texts,
    ChineseTexts,
    Times,
    Ids,
    Paging,
    Headers,
    Tokens,
    IdempotencyKeys,
    Notifications,
    Injection,
    Tables,
    Addresses,
    Sizes,
    IllegalStates,
    Messages,
    Definitions,
    StoredRows,
    Routes,
    Access,
    OthersThings,
}

/// <summary>What the corpus of bad input holds, and how many cases of each there are at least.</summary>
/// <remarks>Every test counts its own cases, and fails below the number here: so what is added up here is run.</remarks>
internal static class HostileCorpus
{
    public static readonly IReadOnlyDictionary<string, (BadInput Kind, int CasesMin)> Floors =
        new Dictionary<string, (BadInput Kind, int CasesMin)>
        {
            ["Malformed JSON"] = (BadInput.Syntax, 10_900),
            ["Media types"] = (BadInput.Headers, 880),
            ["Wrong fields"] = (BadInput.Fields, 5_800),
            ["Wrong types"] = (BadInput.Types, 6_700),
            ["Integers"] = (BadInput.Integers, 4_000),
            ["Times"] = (BadInput.Times, 250),
            ["Days"] = (BadInput.Times, 30),
            ["Texts"] = (BadInput.Texts, 2_600),
            ["Scripts"] = (BadInput.ChineseTexts, 3_300),
            ["States"] = (BadInput.Types, 740),
            ["Roles"] = (BadInput.Types, 12),
            ["Sizes"] = (BadInput.Sizes, 450),
            ["Large headers"] = (BadInput.Headers, 200),
            ["Broken headers"] = (BadInput.Headers, 11),
            ["Foreign headers"] = (BadInput.Headers, 22),
            ["Idempotency keys"] = (BadInput.IdempotencyKeys, 600),
            ["Paging"] = (BadInput.Paging, 860),
            ["Ids"] = (BadInput.Ids, 2_600),
            ["Names"] = (BadInput.Ids, 35),
            ["Reused keys"] = (BadInput.IdempotencyKeys, 80),
            ["Paths"] = (BadInput.Routes, 24),
            ["Unknown routes"] = (BadInput.Routes, 70),
            ["Wrong methods"] = (BadInput.Routes, 1_670),
            ["Forged tokens"] = (BadInput.Tokens, 360),
            ["Refresh tokens"] = (BadInput.Tokens, 17),
            ["Access"] = (BadInput.Access, 1_040),
            ["Forged notifications"] = (BadInput.Notifications, 630),
            ["Stored rows"] = (BadInput.StoredRows, 1_250),
            ["Illegal states"] = (BadInput.IllegalStates, 230),
            ["Messages"] = (BadInput.Messages, 3_500),
            ["Coupon definitions"] = (BadInput.Definitions, 438),
            ["Promotion definitions"] = (BadInput.Definitions, 123),
            ["Contradictions"] = (BadInput.Definitions, 31),
            ["Injections"] = (BadInput.Injection, 4_500),
            ["Chinese texts"] = (BadInput.ChineseTexts, 2_100),
            ["Other encodings"] = (BadInput.ChineseTexts, 370),
            ["Look-alikes"] = (BadInput.ChineseTexts, 108),
            ["Image addresses"] = (BadInput.Addresses, 60),
            ["Tables"] = (BadInput.Tables, 170),
            ["Gone callers"] = (BadInput.OthersThings, 37),
            ["Gone operators"] = (BadInput.OthersThings, 69),
            ["Gone things"] = (BadInput.OthersThings, 11),
            ["Another's things in bodies"] = (BadInput.OthersThings, 10),
            ["Wrong parents"] = (BadInput.OthersThings, 18),
            ["Failed creations"] = (BadInput.OthersThings, 12),
            ["Another's ids"] = (BadInput.OthersThings, 11),
        };

    /// <summary>Those of WeChat's answers are counted with the code that reads them.</summary>
    public static int CasesMin => Floors.Values.Sum(floor => floor.CasesMin);

    /// <summary>The codes that refusals may bear: they are part of the contract.</summary>
    public static readonly IReadOnlySet<string> Codes =
    (
        from type in typeof(Composition).Assembly.GetTypes()
        where !type.ContainsGenericParameters
        from field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
        where field.FieldType == typeof(Refusal)
        select ((Refusal)field.GetValue(null)!).Code
    ).ToHashSet();
}
