namespace Pond.Platform.StoreCopy;

/// <summary>A copy that cannot be made. The message is a sentence for whoever asked for it.</summary>
public sealed class StoreCopyException(string message, Exception? cause = null) : Exception(message, cause);
