using System.Text.Json;

namespace Pond.Tests.Operators;

/// <summary>What tests of operators do over and over.</summary>
internal static class OperatorSteps
{
    public const string OperatorsPath = "/api/operator/operators";

    /// <summary>The answer to a new operator, their key in it.</summary>
    public static async Task<JsonElement> AddOperator(this MiniProgramApi api, string name, params string[] roles)
    {
        var answer = await api.Operator(MiniProgramApi.BootstrapKey).Post(OperatorsPath, new { name, roles });
        answer.EnsureSuccessStatusCode();
        return await answer.Json();
    }

    /// <summary>A new operator at their console.</summary>
    public static async Task<Phone> OperatorWith(this MiniProgramApi api, params string[] roles) =>
        api.Operator((await api.AddOperator("somebody", roles)).Text("key"));
}
