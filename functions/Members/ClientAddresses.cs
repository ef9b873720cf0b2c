using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>From which network address somebody calls, for limits. A tool for other slices.</summary>
public sealed class ClientAddresses(SessionOptions options)
{
    public string Of(HttpRequest request) => Addresses.Of(request, options.ClientAddressHeader);
}
