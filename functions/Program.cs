using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Pond;
using Pond.Platform.Http;
using Pond.Platform.StoreCopy;

var copy = CopyCommand.Of(args);
var builder = FunctionsApplication.CreateBuilder(copy?.Settings ?? args);
if (copy is not null)
{
    Environment.ExitCode = await copy.Run(builder.Configuration);
    return;
}

builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<ProblemMiddleware>();
builder.Services.AddPond(builder.Configuration, builder.Environment);
builder.Build().Run();
