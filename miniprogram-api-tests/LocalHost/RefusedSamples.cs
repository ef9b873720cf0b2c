using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Pond.Tests.LocalHost;

#pragma warning disable CA1822 // functions are instance methods as a rule

/// <summary>Functions that no host takes, each with the words that its refusal must hold.</summary>
public static class RefusedSamples
{
    public sealed class AdminRoute
    {
        [Function(nameof(AdminRoute))]
        public void Run([HttpTrigger(Route = "Admin/things")] HttpRequest request) => _ = request;
    }

    public sealed class RuntimeRoute
    {
        [Function(nameof(RuntimeRoute))]
        public void Run([HttpTrigger(Route = "/runtime")] HttpRequest request) => _ = request;
    }

    public sealed class BrokenRoute
    {
        [Function(nameof(BrokenRoute))]
        public void Run([HttpTrigger(Route = "things/{id")] HttpRequest request) => _ = request;
    }

    internal sealed class HiddenClass
    {
        [Function(nameof(HiddenClass))]
        public void Run([QueueTrigger("hidden")] string body) => _ = body;
    }

    public sealed class HiddenMethod
    {
        [Function(nameof(HiddenMethod))]
        internal void Run([QueueTrigger("hidden-method")] string body) => _ = body;
    }

    public sealed class AsyncVoid
    {
        [Function(nameof(AsyncVoid))]
        public async void Run([QueueTrigger("async-void")] string body) => await Task.FromResult(body);
    }

    public sealed class ReturnsValueTask
    {
        [Function(nameof(ReturnsValueTask))]
        public ValueTask Run([QueueTrigger("value-task")] string body) => new(Task.FromResult(body));
    }

    public sealed class NoTrigger
    {
        [Function(nameof(NoTrigger))]
        public void Run(string body) => _ = body;
    }

    public sealed class TwoTriggers
    {
        [Function(nameof(TwoTriggers))]
        public void Run([QueueTrigger("one")] string one, [QueueTrigger("two")] string two) => _ = one + two;
    }

    public sealed class UnknownParameter
    {
        [Function(nameof(UnknownParameter))]
        public void Run([HttpTrigger(Route = "unknown/{id}")] HttpRequest request, int other) => _ = (request, other);
    }

    public sealed class NotHttpRequest
    {
        [Function(nameof(NotHttpRequest))]
        public void Run([HttpTrigger] string body) => _ = body;
    }

    public sealed class FiveFields
    {
        [Function(nameof(FiveFields))]
        public void Run([TimerTrigger("*/5 * * * *")] TimerInfo timer) => _ = timer;
    }

    public sealed class EmptySetting
    {
        [Function(nameof(EmptySetting))]
        public void Run([QueueTrigger("%NoSuchSetting%")] string body) => _ = body;
    }

    public sealed class FirstRoute
    {
        [Function(nameof(FirstRoute))]
        public void Run([HttpTrigger("get", "post", Route = "things/{id:int}/x")] HttpRequest request) => _ = request;
    }

    public sealed class SecondRoute
    {
        [Function(nameof(SecondRoute))]
        public void Run([HttpTrigger("POST", Route = "Things/{number:int}/x")] HttpRequest request) => _ = request;
    }

    public sealed class OtherRoute
    {
        [Function(nameof(OtherRoute))]
        public void Run([HttpTrigger("delete", Route = "things/{id:int}/x")] HttpRequest request) => _ = request;
    }

    public sealed class FirstOfTwo
    {
        [Function("Twice")]
        public void Run([QueueTrigger("same-queue")] string body) => _ = body;
    }

    public sealed class SecondOfTwo
    {
        [Function("twice")]
        public void Run([QueueTrigger("same-queue")] string body) => _ = body;
    }
}
