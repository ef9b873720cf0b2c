using Pond.Tests.OpenApi;

// The tests run by "dotnet test"; these are the tools beside them.
return args switch
{
    ["openapi"] => await ApiDescription.Write(),
    _ => throw new ArgumentException("Say what to do: openapi."),
};
