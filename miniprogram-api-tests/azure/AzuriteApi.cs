namespace Pond.Tests.Azure;

/// <summary>The app with its rows and messages in an account of Azurite, for a class of tests.</summary>
public sealed class AzuriteApi : SharedApi
{
    protected override async Task<MiniProgramApi> Start() =>
        await MiniProgramApi.Start((await AzuriteAccount.Open()).Storage.Settings);
}
