namespace Pond.Tests.Simulation;

/// <summary>
/// What a state may be, as far as anybody outside can know: an answer that never came makes two of each, and what is
/// seen later leaves those that fit.
/// </summary>
internal sealed class Possible<T>(T start)
{
    private HashSet<T> states = [start];

    /// <summary>Something has happened, or has not, or nobody knows.</summary>
    public void Apply(Reply reply, Func<T, T> change)
    {
        if (reply.IsSuccess) states = [.. states.Select(change)];
        else if (reply.IsOpen) states = [.. states, .. states.Select(change)];
    }

    /// <summary>What was seen, and is so from now on.</summary>
    /// <exception cref="InvalidOperationException">It can never have come to that.</exception>
    public void See(Predicate<T> isSo, string what)
    {
        var before = states;
        states = [.. states.Where(state => isSo(state))];
        if (states.Count == 0)
            throw new InvalidOperationException($"Seen {what}; possible: {string.Join(" or ", before)}");
    }
}
