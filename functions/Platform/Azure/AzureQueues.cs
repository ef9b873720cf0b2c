using System.Collections.Concurrent;
using System.Net;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Azure.Storage.Queues.Specialized;
using Pond.Platform.Queues;
using QueueMessage = Pond.Platform.Queues.QueueMessage;

namespace Pond.Platform.Azure;

/// <summary>The queues of Azure Storage Queues.</summary>
public sealed class AzureQueues(AzureStorage storage) : MessageQueues
{
    private const int UndecodableCharsMax = 1_000;

    /// <summary>Messages wait until somebody takes them.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private readonly ConcurrentDictionary<string, QueueClient> clients = new(StringComparer.Ordinal);

    protected override Task SendCore(string queue, string body, TimeSpan delay, CancellationToken cancel) =>
        Call(async () =>
        {
            var client = Client(queue);
            try
            {
                return await client.SendMessageAsync(body, delay, Forever, cancel);
            }
            catch (RequestFailedException failure) when (IsMissing(failure))
            {
                await client.CreateIfNotExistsAsync(cancellationToken: cancel);
                return await client.SendMessageAsync(body, delay, Forever, cancel);
            }
        }, cancel);

    protected override Task<IReadOnlyList<QueueMessage>> ReceiveCore(
        string queue, int max, TimeSpan visibility, CancellationToken cancel) =>
        Call<IReadOnlyList<QueueMessage>>(async () =>
        {
            var taken = await Client(queue).ReceiveMessagesAsync(max, visibility, cancel);
            return
            [
                .. taken.Value.Select(message => new QueueMessage(
                    queue, message.MessageId, message.PopReceipt, message.MessageText, message.DequeueCount,
                    message.InsertedOn!.Value)),
            ];
        }, IsMissing, [], cancel);

    protected override Task<bool> DeleteCore(QueueMessage message, CancellationToken cancel) =>
        Call(async () =>
        {
            await Client(message.Queue).DeleteMessageAsync(message.Id, message.Receipt, cancel);
            return true;
        }, IsNotHeld, false, cancel);

    protected override Task<QueueMessage?> HideCore(
        QueueMessage message, TimeSpan visibility, CancellationToken cancel) =>
        Call<QueueMessage?>(async () =>
        {
            var hidden = await Client(message.Queue).UpdateMessageAsync(
                message.Id, message.Receipt, message.Body, visibility, cancel);
            return message with { Receipt = hidden.Value.PopReceipt };
        }, IsNotHeld, null, cancel);

    protected override Task<IReadOnlyList<WaitingMessage>> PeekCore(
        string queue, int max, CancellationToken cancel) =>
        Call<IReadOnlyList<WaitingMessage>>(async () =>
        {
            var seen = await Client(queue).PeekMessagesAsync(max, cancel);
            return
            [
                .. seen.Value.Select(message => new WaitingMessage(
                    message.MessageId, message.MessageText, message.DequeueCount, message.InsertedOn!.Value)),
            ];
        }, IsMissing, [], cancel);

    protected override Task<long> CountCore(string queue, CancellationToken cancel) =>
        Call<long>(async () =>
        {
            QueueProperties properties = await Client(queue).GetPropertiesAsync(cancel);
            return properties.ApproximateMessagesCount;
        }, IsMissing, 0, cancel);

    /// <summary>
    /// Moves a message that is not base64, which nobody of ours sends, to the poison queue, so that it does not keep
    /// the others waiting. The Functions host does the same. The beginning of it is enough to see whose it is.
    /// </summary>
    internal static async Task MoveUndecodable(QueueMessageDecodingFailedEventArgs failed)
    {
        if (failed.ReceivedMessage is not { } message) return; // a look, not a receive
        if (!failed.Queue.Name.EndsWith(PoisonSuffix, StringComparison.Ordinal))
        {
            var poison = failed.Queue.GetParentQueueServiceClient().GetQueueClient(failed.Queue.Name + PoisonSuffix);
            await poison.CreateIfNotExistsAsync(cancellationToken: failed.CancellationToken);
            var text = message.Body.ToString();
            var beginning = text[..Math.Min(text.Length, UndecodableCharsMax)];
            await poison.SendMessageAsync(beginning, timeToLive: Forever, cancellationToken: failed.CancellationToken);
        }

        await failed.Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, failed.CancellationToken);
    }

    private QueueClient Client(string queue) => clients.GetOrAdd(queue, storage.Queues.GetQueueClient);

    private static bool IsMissing(RequestFailedException failure) => failure.ErrorCode == QueueErrorCode.QueueNotFound;

    private static bool IsNotHeld(RequestFailedException failure) =>
        failure.Status == (int)HttpStatusCode.NotFound || failure.ErrorCode == QueueErrorCode.PopReceiptMismatch;

    /// <summary>Calls the service, some of whose failures are an answer.</summary>
    private static Task<T> Call<T>(
        Func<Task<T>> call, Func<RequestFailedException, bool> isAnswer, T answer, CancellationToken cancel) =>
        Call(async () =>
        {
            try
            {
                return await call();
            }
            catch (RequestFailedException failure) when (isAnswer(failure))
            {
                return answer;
            }
        }, cancel);

    private static async Task<T> Call<T>(Func<Task<T>> call, CancellationToken cancel)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (AzureFailures.IsOfAzure(failure, cancel))
        {
            cancel.ThrowIfCancellationRequested(); // however the SDK wraps it
            throw new QueueUnavailableException("The queue did not answer.", failure);
        }
    }
}
