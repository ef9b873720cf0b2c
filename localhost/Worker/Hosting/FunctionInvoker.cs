using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Pond.LocalHost;

/// <summary>Runs functions, each inside the worker's middleware.</summary>
public sealed class FunctionInvoker(
    IEnumerable<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middlewares, IServiceScopeFactory scopes)
{
    private readonly FunctionExecutionDelegate pipeline =
        middlewares.Reverse().Aggregate((FunctionExecutionDelegate)Execute, (next, middleware) => middleware(next));

    /// <summary>Runs a function in the scope of a request.</summary>
    public Task Invoke(FunctionDescriptor function, HttpContext http) =>
        Invoke(function, http, http.RequestServices, http.RequestAborted);

    /// <summary>Runs a function in a scope of its own.</summary>
    /// <param name="input">What triggered it.</param>
    public async Task Invoke<TInput>(FunctionDescriptor function, TInput input, CancellationToken cancel)
        where TInput : class
    {
        await using var scope = scopes.CreateAsyncScope();
        await Invoke(function, input, scope.ServiceProvider, cancel);
    }

    private Task Invoke<TInput>(
        FunctionDescriptor function, TInput input, IServiceProvider services, CancellationToken cancel)
    {
        var context = new Invocation(function, services, cancel);
        context.Features.Set(input);
        return pipeline(context);
    }

    private static async Task Execute(FunctionContext context)
    {
        var function = (FunctionDescriptor)context.FunctionDefinition;
        var arguments = function.Binders.Select(bind => bind(context)).ToArray();
        var target = function.Method.IsStatic ? null : function.MakeTarget(context.InstanceServices, []);
        var returned = function.Method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        context.GetInvocationResult().Value = returned is Task task ? await ResultOf(task, function.Method) : returned;
    }

    private static async Task<object?> ResultOf(Task task, MethodInfo method)
    {
        await task;
        return method.ReturnType.GetProperty(nameof(Task<>.Result))?.GetValue(task);
    }
}
