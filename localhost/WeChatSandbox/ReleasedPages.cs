namespace Pond.LocalHost.WeChatSandbox;

/// <summary>A mini-program code that was drawn.</summary>
public sealed record SandboxCode(string Scene, string Page, int WidthPx);

/// <summary>The pages of the mini-program that is released, and the codes that lead to them.</summary>
public sealed class ReleasedPages
{
    private static readonly string[] AtFirst = ["pages/index/index", "pages/share/index"];

    private readonly Lock gate = new();
    private readonly HashSet<string> pages = [.. AtFirst];
    private readonly List<SandboxCode> drawn = [];

    public IReadOnlyList<SandboxCode> Drawn
    {
        get
        {
            lock (gate)
                return [.. drawn];
        }
    }

    /// <summary>From now on the released version lacks the page.</summary>
    public void Withdraw(string page)
    {
        lock (gate)
            pages.Remove(page);
    }

    public void Reset()
    {
        lock (gate)
        {
            pages.UnionWith(AtFirst);
            drawn.Clear();
        }
    }

    internal bool Has(string page)
    {
        lock (gate)
            return pages.Contains(page);
    }

    internal void Drew(SandboxCode code)
    {
        lock (gate)
            drawn.Add(code);
    }
}
