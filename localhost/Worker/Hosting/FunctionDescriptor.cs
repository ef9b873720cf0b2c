using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using NCrontab;

namespace Pond.LocalHost;

/// <summary>A function as the local host runs it.</summary>
public sealed class FunctionDescriptor : FunctionDefinition
{
    private readonly Lazy<ObjectFactory> factory;

    internal FunctionDescriptor(
        string name, MethodInfo method, FunctionTrigger trigger, IReadOnlyList<Func<FunctionContext, object?>> binders)
    {
        Name = name;
        Method = method;
        Trigger = trigger;
        Binders = binders;
        factory = new(() => ActivatorUtilities.CreateFactory(method.DeclaringType!, []));
    }

    public override string Name { get; }

    public override string Id => Name;

    public override string PathToAssembly => Method.Module.FullyQualifiedName;

    public override string EntryPoint => $"{Method.DeclaringType!.FullName}.{Method.Name}";

    public MethodInfo Method { get; }

    public FunctionTrigger Trigger { get; }

    /// <summary>Makes what a method that is not static is called on. It is found out once what that takes.</summary>
    internal ObjectFactory MakeTarget => factory.Value;

    /// <summary>Makes each argument out of the invocation.</summary>
    internal IReadOnlyList<Func<FunctionContext, object?>> Binders { get; }
}

/// <summary>What starts a function.</summary>
public abstract record FunctionTrigger
{
    private FunctionTrigger()
    {
    }

    /// <param name="Route">With the prefix, without a leading slash.</param>
    /// <param name="Methods">In capitals; none means every method.</param>
    public sealed record OnRequest(string Route, IReadOnlyList<string> Methods) : FunctionTrigger;

    public sealed record OnMessage(string Name) : FunctionTrigger;

    /// <param name="Expression">The schedule as text.</param>
    public sealed record OnSchedule(string Expression, CrontabSchedule Schedule, bool RunOnStartup) : FunctionTrigger;
}
