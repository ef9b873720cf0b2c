using Pond.Kernel;

namespace Pond.Touches;

/// <summary>One look of the governor's: what it has decided so far. As pure as its caller.</summary>
internal sealed class GovernorRound(
    TouchDesk desk, IReadOnlyDictionary<Occasion, MessageTemplate> templates, DateTimeOffset now)
{
    private readonly Dictionary<string, Touch> decided = [];

    public TouchBook Book { get; private set; } = desk.Book;

    public IReadOnlyList<TouchMove> Moves =>
        [.. decided.Values.Select(touch => new TouchMove(TouchState.Planned, touch))];

    public void Drop(Touch touch, string reason) => Move(touch.Dropped(reason, now));

    public void Move(Touch after) => decided.Add(after.Key(), after);

    /// <summary>What belongs to something bought has its place always, if WeChat takes it.</summary>
    public void Serve(Touch touch)
    {
        if (decided.ContainsKey(touch.Key())) return;
        if (WhyUnsendable(touch, Book) is { } reason) Drop(touch, reason);
        else Reserve(touch);
    }

    /// <summary>Of what advertises, the first get the places that are left of the day.</summary>
    /// <param name="ranked">Those that are due and those that will be today, the most valuable first.</param>
    public void Advertise(IReadOnlyList<Touch> ranked, IReadOnlyCollection<Touch> due)
    {
        var today = ChinaDay.Of(now);
        var places = GovernorRules.DailyCap - Book.MarketingOf(today);
        var promised = Book; // the credits that are left once everybody has got what is kept for them
        var nextAt = Book.MarketingAt + GovernorRules.GapMin;
        foreach (var touch in ranked.Where(touch => !decided.ContainsKey(touch.Key())))
        {
            var isDue = due.Contains(touch);
            if (WhyUnsendable(touch, promised) is { } reason)
            {
                if (isDue) Drop(touch, reason);
                continue;
            }

            if (places <= 0)
            {
                var morning = GovernorRules.Morning(today.Next);
                if (isDue) Move(GovernorRules.Waiting(touch, morning, DropReasons.Capped, now));
                continue;
            }

            if (isDue && nextAt > now)
            {
                Move(GovernorRules.Waiting(touch, nextAt.Value, DropReasons.TooClose, now));
                if (nextAt >= touch.Until) continue; // nobody keeps a place for what cannot wait
            }

            places--;
            promised = CreditRules.Spent(promised, templates[touch.Occasion].TemplateId);
            if (isDue && !decided.ContainsKey(touch.Key())) Reserve(touch);
            nextAt = Book.MarketingAt + GovernorRules.GapMin;
        }
    }

    private void Reserve(Touch touch)
    {
        var template = templates[touch.Occasion];
        var data = MessageTemplateRules.Compose(template, touch.Values)!;
        Book = CreditRules.Spent(Book.Counted(ChinaDay.Of(now), touch.Occasion, more: 1), template.TemplateId);
        if (!OccasionRules.IsService(touch.Occasion)) Book = Book with { MarketingAt = now };
        Move(touch with
        {
            State = TouchState.Reserved,
            Sending = new TouchSending(template.TemplateId, data, now),
            At = now,
        });
    }

    private string? WhyUnsendable(Touch touch, TouchBook book)
    {
        if (!templates.TryGetValue(touch.Occasion, out var template)) return DropReasons.NoTemplate;
        if (MessageTemplateRules.Compose(template, touch.Values) is null) return DropReasons.NoValue;
        return CreditRules.Left(book, template.TemplateId) > 0 ? null : DropReasons.NoCredit;
    }
}
