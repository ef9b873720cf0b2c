using System.ComponentModel.DataAnnotations;

namespace Pond.Platform.Http;

/// <summary>A record within a record, in order by its own annotations.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InnerAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is null ? ValidationResult.Success : WhyNot(value, "", validationContext);

    /// <summary>What is wrong within it, said of the member that holds it; null when nothing is.</summary>
    internal static ValidationResult? WhyNot(object value, string where, ValidationContext holder)
    {
        var results = new List<ValidationResult>();
        return Validator.TryValidateObject(value, new ValidationContext(value), results, validateAllProperties: true)
            ? ValidationResult.Success
            : new ValidationResult(
                string.Join("；", results.Select(
                    result => $"{where}{string.Join('、', result.MemberNames)}：{result.ErrorMessage}")),
                [holder.MemberName!]);
    }
}

/// <summary>A list of so many records, each in order by its own annotations.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemsAttribute(int min, int max) : LengthAttribute(min, max)
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is null) return ValidationResult.Success; // what must be there is required by its type
        if (!IsValid(value) || value is not System.Collections.IEnumerable items) return Wrong(validationContext);
        var number = 0;
        foreach (var item in items)
        {
            number++;
            if (item is null) return Wrong(validationContext);
            if (InnerAttribute.WhyNot(item, $"第{number}项的", validationContext) is { } why) return why;
        }

        return ValidationResult.Success;
    }

    private ValidationResult Wrong(ValidationContext holder) =>
        new($"须有 {MinimumLength} 至 {MaximumLength} 项", [holder.MemberName!]);
}

/// <summary>A list of so many ids of ours.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IdListAttribute : LengthAttribute
{
    public IdListAttribute(int min, int max)
        : base(min, max) => ErrorMessage = $"须为 {min} 至 {max} 个有效的编号";

    public override bool IsValid(object? value) =>
        value is null || (base.IsValid(value) && ((IEnumerable<string?>)value).All(Ids.IsId));
}
