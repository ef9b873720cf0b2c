using System.Diagnostics.Metrics;
using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Pond.Platform.Azure;

/// <summary>Counts the answers by which a storage account says that it is asked too much.</summary>
internal sealed class ThrottleMeter : HttpPipelineSynchronousPolicy
{
    public const string MeterName = "Pond.Storage";

    /// <summary>Answers of 429 and 503, with the account's service as a tag.</summary>
    public const string Throttled = "pond.storage.throttled";

    public static readonly ThrottleMeter Policy = new();

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Answers = Meter.CreateCounter<long>(Throttled, "{answer}");

    private ThrottleMeter()
    {
    }

    public override void OnReceivedResponse(HttpMessage message)
    {
        var status = (HttpStatusCode)message.Response.Status;
        if (status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            Answers.Add(1, new KeyValuePair<string, object?>("host", message.Request.Uri.Host));
    }
}
