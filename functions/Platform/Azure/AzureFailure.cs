using System.Net;
using Azure;
using Azure.Identity;

namespace Pond.Platform.Azure;

/// <summary>What a failed call to a storage account means.</summary>
internal enum AzureFailure
{
    /// <summary>A condition of a batch did not hold.</summary>
    Conflict,

    /// <summary>The call is malformed or too large; no retry helps.</summary>
    Rejected,

    /// <summary>Nothing was done, and nothing will be until somebody mends it: no key, no rights, no table.</summary>
    Closed,

    /// <summary>No answer, or one that says nothing of what was done.</summary>
    Unknown,
}

/// <summary>Reads the failures of Azure's SDK.</summary>
/// <remarks>Source: the error codes of the Table and Queue services in Azure's documentation.</remarks>
internal static class AzureFailures
{
    public const string RowNotFound = "ResourceNotFound";

    private const string RowExists = "EntityAlreadyExists";

    /// <summary>Whether the SDK throws such a thing when a call fails; anything else is a bug of ours.</summary>
    public static bool IsOfAzure(Exception failure, CancellationToken cancel) => failure switch
    {
        OperationCanceledException => !cancel.IsCancellationRequested, // else our caller has stopped waiting
        RequestFailedException or AuthenticationFailedException or AggregateException => true,
        HttpRequestException or IOException => true,
        _ => false,
    };

    public static AzureFailure Read(Exception failure) => failure switch
    {
        AuthenticationFailedException => AzureFailure.Closed,
        RequestFailedException answer => Read((HttpStatusCode)answer.Status, answer.ErrorCode),
        _ => AzureFailure.Unknown,
    };

    private static AzureFailure Read(HttpStatusCode status, string? code) => (status, code) switch
    {
        (HttpStatusCode.PreconditionFailed, _) => AzureFailure.Conflict,
        (HttpStatusCode.Conflict, RowExists) => AzureFailure.Conflict,
        (HttpStatusCode.NotFound, RowNotFound) => AzureFailure.Conflict,
        (HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, _) => AzureFailure.Rejected,
        (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, _) => AzureFailure.Closed,
        (HttpStatusCode.NotFound or HttpStatusCode.Conflict, _) => AzureFailure.Closed, // the table, not a row of it
        _ => AzureFailure.Unknown,
    };
}
