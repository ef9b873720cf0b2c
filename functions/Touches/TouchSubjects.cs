namespace Pond.Touches;

/// <summary>Asks the slices whether what a touch tells still stands.</summary>
public sealed class TouchSubjects(IEnumerable<ITouchSubject> subjects)
{
    private readonly ILookup<Occasion, ITouchSubject> byOccasion = subjects.ToLookup(subject => subject.Occasion);

    /// <summary>What nobody has registered for stands always.</summary>
    public async Task<bool> Stands(string memberId, Touch touch, CancellationToken cancel)
    {
        foreach (var subject in byOccasion[touch.Occasion])
        {
            if (!await subject.Stands(memberId, touch.OccasionId, cancel)) return false;
        }

        return true;
    }
}
