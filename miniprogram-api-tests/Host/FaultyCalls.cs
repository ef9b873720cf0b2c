namespace Pond.Tests;

/// <summary>A line to WeChat Pay that goes wrong as <see cref="Faults"/> say.</summary>
internal sealed class FaultyCalls(Faults faults) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) => faults.Around(
        PortCallKind.WeChat,
        $"{request.Method} {request.RequestUri!.AbsolutePath}",
        () => base.SendAsync(request, cancellationToken),
        () => new HttpRequestException("The answer of WeChat Pay was lost."));
}
