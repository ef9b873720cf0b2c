using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Pond.Tests.LocalHost;

public sealed class DrainingHttp
{
    [Fact]
    public async Task A_request_in_flight_is_answered_after_the_stop_began_and_a_new_one_is_not()
    {
        var gate = new Gate();
        var builder = SampleHost.Builder(typeof(DrainingHttp));
        builder.Services.AddSingleton(gate);
        await using var host = await SampleHost.Start(builder);

        var answer = host.Client.GetAsync("/api/Slow");
        await gate.Entered.Task;
        var stop = host.Host.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => UntilRefused(host.Client));
        Assert.False(stop.IsCompleted);
        gate.Open.SetResult();

        Assert.Equal("done", await (await answer).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
        await stop;
    }

    private static async Task UntilRefused(HttpClient client)
    {
        while (true) (await client.GetAsync("/api/none")).Dispose();
    }

    public sealed class Slow(Gate gate)
    {
        [Function(nameof(Slow))]
        public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            gate.Entered.SetResult();
            await gate.Open.Task.WaitAsync(request.HttpContext.RequestAborted);
            return Results.Text("done");
        }
    }

    public sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new();

        public TaskCompletionSource Open { get; } = new();
    }
}
