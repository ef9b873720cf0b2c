namespace Pond.Touches;

/// <summary>A slice whose things members are told of. Each registers one for each occasion that can lapse.</summary>
public interface ITouchSubject
{
    Occasion Occasion { get; }

    /// <summary>Whether it still stands, asked just before it is told: a paid order needs no reminder.</summary>
    Task<bool> Stands(string memberId, string occasionId, CancellationToken cancel);
}
