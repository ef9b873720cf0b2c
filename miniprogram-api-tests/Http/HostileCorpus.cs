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
    Money,
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
            ["Malformed JSON"] = (BadInput.Syntax, 10_000),
            ["Media types"] = (BadInput.Headers, 800),
            ["Wrong fields"] = (BadInput.Fields, 5_000),
            ["Wrong types"] = (BadInput.Types, 4_500),
            ["Integers"] = (BadInput.Integers, 1_600),
            ["Times"] = (BadInput.Times, 250),
            ["Days"] = (BadInput.Times, 30),
            ["Texts"] = (BadInput.Texts, 2_000),
            ["Scripts"] = (BadInput.ChineseTexts, 3_000),
            ["States"] = (BadInput.Types, 700),
            ["Roles"] = (BadInput.Types, 12),
            ["Sizes"] = (BadInput.Sizes, 450),
            ["Large headers"] = (BadInput.Headers, 200),
            ["Broken headers"] = (BadInput.Headers, 11),
            ["Foreign headers"] = (BadInput.Headers, 22),
            ["Idempotency keys"] = (BadInput.IdempotencyKeys, 600),
            ["Paging"] = (BadInput.Paging, 800),
            ["Ids"] = (BadInput.Ids, 2_300),
            ["Paths"] = (BadInput.Routes, 24),
            ["Unknown routes"] = (BadInput.Routes, 70),
            ["Wrong methods"] = (BadInput.Routes, 1_600),
            ["Forged tokens"] = (BadInput.Tokens, 350),
            ["Refresh tokens"] = (BadInput.Tokens, 17),
            ["Access"] = (BadInput.Access, 1_000),
            ["Stored rows"] = (BadInput.StoredRows, 1_000),
            ["Illegal states"] = (BadInput.IllegalStates, 150),
            ["Messages"] = (BadInput.Messages, 1_500),
            ["Another's ids"] = (BadInput.OthersThings, 11),
        };

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
