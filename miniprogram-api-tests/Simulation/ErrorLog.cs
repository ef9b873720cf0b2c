using Microsoft.Extensions.Logging;

namespace Pond.Tests.Simulation;

/// <summary>What a node logs as an error, for whoever looks for the cause of a violation. Few do, so nobody writes it yet.</summary>
internal sealed class ErrorLog(Machine machine, Action<string, Func<string>> hear) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) hear($"{machine.Name} logs", () => $"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
