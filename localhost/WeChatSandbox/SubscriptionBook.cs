namespace Pond.LocalHost.WeChatSandbox;

/// <summary>A message as the shopper's phone shows it.</summary>
/// <param name="Data">By field, such as <c>thing1</c>.</param>
public sealed record SandboxMessage(
    long MsgId,
    string OpenId,
    string TemplateId,
    string? Page,
    IReadOnlyDictionary<string, string> Data,
    DateTimeOffset SentAt);

/// <summary>What shoppers have agreed to be sent, and what they were sent. Each "yes" is good for one message.</summary>
public sealed class SubscriptionBook(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string OpenId, string TemplateId), int> left = [];
    private readonly List<SandboxMessage> messages = [];

    /// <summary>In the order in which they were sent.</summary>
    public IReadOnlyList<SandboxMessage> Messages
    {
        get
        {
            lock (gate)
                return [.. messages];
        }
    }

    /// <summary>The shopper says yes once more.</summary>
    public void Accept(string openId, string templateId)
    {
        lock (gate)
            left[(openId, templateId)] = left.GetValueOrDefault((openId, templateId)) + 1;
    }

    /// <summary>The shopper wants none any more.</summary>
    public void Reject(string openId, string templateId)
    {
        lock (gate)
            left.Remove((openId, templateId));
    }

    /// <summary>How many messages of the template the shopper can be sent.</summary>
    public int Left(string openId, string templateId)
    {
        lock (gate)
            return left.GetValueOrDefault((openId, templateId));
    }

    public void Reset()
    {
        lock (gate)
        {
            left.Clear();
            messages.Clear();
        }
    }

    /// <returns>The message's number, or null when the shopper has agreed to none.</returns>
    internal long? Send(string openId, string templateId, string? page, IReadOnlyDictionary<string, string> data)
    {
        lock (gate)
        {
            if (left.GetValueOrDefault((openId, templateId)) == 0)
                return null;
            left[(openId, templateId)]--;
            var msgId = 1_000_000_000L + messages.Count;
            messages.Add(new(msgId, openId, templateId, page, data, clock.GetUtcNow()));
            return msgId;
        }
    }
}
