namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a function returned. A middleware may replace it.</summary>
public class InvocationResult
{
    internal InvocationResult()
    {
    }

    public object? Value { get; set; }
}

/// <summary>Access to the result of an invocation.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    public static InvocationResult GetInvocationResult(this FunctionContext context)
    {
        if (context.Features.Get<InvocationResult>() is { } known) return known;

        var result = new InvocationResult();
        context.Features.Set(result);
        return result;
    }
}
