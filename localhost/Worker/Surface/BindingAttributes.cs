namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Marks what the Functions host binds.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class BindingAttribute : Attribute;

/// <summary>Marks the parameter that starts a function.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerBindingAttribute : BindingAttribute;
