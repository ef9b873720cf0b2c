using Pond.LocalHost;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a function returned. A middleware may replace it.</summary>
public abstract class InvocationResult : InvocationResult<object>;

/// <summary>What a function returned, as <typeparamref name="T"/>.</summary>
public abstract class InvocationResult<T>
{
    public abstract T? Value { get; set; }
}

/// <summary>Access to the result of an invocation.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    public static InvocationResult GetInvocationResult(this FunctionContext context)
    {
        if (context.Features.Get<InvocationResult>() is { } known) return known;

        InvocationResult result = new ReturnedValue();
        context.Features.Set(result);
        return result;
    }
}
