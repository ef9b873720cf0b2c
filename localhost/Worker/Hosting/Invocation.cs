using System.Collections;
using Microsoft.Azure.Functions.Worker;

namespace Pond.LocalHost;

/// <summary>One run of a function.</summary>
internal sealed class Invocation(FunctionDescriptor function, IServiceProvider services, CancellationToken cancel)
    : FunctionContext
{
    public override string InvocationId => field ??= Guid.NewGuid().ToString();

    public override string FunctionId => function.Id;

    public override FunctionDefinition FunctionDefinition => function;

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new FeaturesByType();

    public override CancellationToken CancellationToken => cancel;

    private sealed class FeaturesByType : IInvocationFeatures
    {
        private readonly Dictionary<Type, object> features = [];

        public void Set<T>(T instance) => features[typeof(T)] = instance!;

        public T? Get<T>() => features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => features.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

/// <summary>What an invocation has returned so far.</summary>
internal sealed class ReturnedValue : InvocationResult
{
    public override object? Value { get; set; }
}
