using System.Diagnostics.Metrics;
using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Pond.Platform.Azure;

/// <summary>Counts the answers by which a storage account says that it is asked too much.</summary>
public sealed class ThrottleMeter : HttpPipelineSynchronousPolicy
{
    public const string MeterName = "Pond.Storage";

    /// <summary>Answers of 429 and 503, tagged with host and port of the account's service.</summary>
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
        {
            var service = message.Request.Uri;
            Answers.Add(1, new("server.address", service.Host), new("server.port", service.Port));
        }
    }
}
