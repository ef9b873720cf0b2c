namespace Pond.LocalHost.WeChatSandbox;

/// <summary>How the next notifications go astray.</summary>
public sealed class NotificationLevers
{
    private int wrongSignatures;
    private int unknownSerials;

    /// <summary>So many more times each is sent, at the same moment, as over two links.</summary>
    public int Duplicates { get; set; }

    /// <summary>How much later than usual each falls due that is made from now on.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Whether the newest of those that are due is sent first.</summary>
    public bool NewestFirst { get; set; }

    /// <summary>Whether those that are made from now on are never sent.</summary>
    public bool Lost { get; set; }

    /// <summary>So many of the next attempts carry a signature of something else.</summary>
    public int WrongSignatures
    {
        get => wrongSignatures;
        set => wrongSignatures = value;
    }

    /// <summary>So many of the next attempts name a key that nobody has heard of.</summary>
    public int UnknownSerials
    {
        get => unknownSerials;
        set => unknownSerials = value;
    }

    public void Reset() =>
        (Duplicates, Delay, NewestFirst, Lost, wrongSignatures, unknownSerials) = (0, default, false, false, 0, 0);

    internal bool TakeWrongSignature() => Take(ref wrongSignatures);

    internal bool TakeUnknownSerial() => Take(ref unknownSerials);

    private static bool Take(ref int left)
    {
        if (Volatile.Read(ref left) <= 0)
            return false;
        Interlocked.Decrement(ref left);
        return true;
    }
}
