using Microsoft.Extensions.Configuration;
using Pond.LocalHost;

namespace Pond.Tests.LocalHost;

public sealed class RefusingFunctions
{
    [Theory]
    [InlineData(typeof(RefusedSamples.AdminRoute), "starts with 'admin'")]
    [InlineData(typeof(RefusedSamples.RuntimeRoute), "starts with 'runtime'")]
    [InlineData(typeof(RefusedSamples.BrokenRoute), "no route template")]
    [InlineData(typeof(RefusedSamples.HiddenClass), "make it public")]
    [InlineData(typeof(RefusedSamples.HiddenMethod), "make it public")]
    [InlineData(typeof(RefusedSamples.AsyncVoid), "return Task")]
    [InlineData(typeof(RefusedSamples.ReturnsValueTask), "return Task")]
    [InlineData(typeof(RefusedSamples.NoTrigger), "has 0 triggers")]
    [InlineData(typeof(RefusedSamples.TwoTriggers), "has 2 triggers")]
    [InlineData(typeof(RefusedSamples.UnknownParameter), "'Int32 other'")]
    [InlineData(typeof(RefusedSamples.NotHttpRequest), "no HttpRequest")]
    [InlineData(typeof(RefusedSamples.FiveFields), "six fields")]
    [InlineData(typeof(RefusedSamples.EmptySetting), "NoSuchSetting is empty")]
    public void A_function_that_Azure_would_not_run_is_refused_with_its_name_and_what_to_do(Type sample, string words)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Read(sample));

        Assert.Contains(sample.Name, refusal.Message);
        Assert.Contains(words, refusal.Message);
    }

    [Fact]
    public void A_name_and_a_queue_belong_to_one_function()
    {
        var refusal = Assert.Throws<InvalidOperationException>(
            () => Read(typeof(RefusedSamples.FirstOfTwo), typeof(RefusedSamples.SecondOfTwo)));

        Assert.Contains("give each function its own", refusal.Message);
        Assert.Contains("use two queues", refusal.Message);
    }

    [Fact]
    public void A_method_of_a_route_belongs_to_one_function()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Read(
            typeof(RefusedSamples.FirstRoute), typeof(RefusedSamples.SecondRoute), typeof(RefusedSamples.OtherRoute)));

        Assert.Contains("FirstRoute and SecondRoute both answer POST api/things/{:int}/x", refusal.Message);
        Assert.Equal(2, Read(typeof(RefusedSamples.FirstRoute), typeof(RefusedSamples.OtherRoute)).All.Count);
    }

    [Fact]
    public void All_refusals_come_at_once()
    {
        var refusal = Assert.Throws<InvalidOperationException>(
            () => Read(typeof(RefusedSamples.AdminRoute), typeof(RefusedSamples.NoTrigger)));

        Assert.Contains(nameof(RefusedSamples.AdminRoute), refusal.Message);
        Assert.Contains(nameof(RefusedSamples.NoTrigger), refusal.Message);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("runtime/v1")]
    public void A_reserved_word_is_refused_as_the_prefix_too(string routePrefix) =>
        Assert.Throws<InvalidOperationException>(() => FunctionCatalog.Read(
            [typeof(HttpSamples.WithoutRoute)], routePrefix, new ConfigurationManager()));

    private static FunctionCatalog Read(params Type[] samples) =>
        FunctionCatalog.Read(samples, "api", new ConfigurationManager());
}
