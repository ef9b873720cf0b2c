namespace Pond.Tests.Infra;

/// <summary>Reads the declarations of a Bicep or parameter file: as much of the language as infra/ uses.</summary>
/// <remarks>What it does not understand it refuses, so that nothing goes unchecked by being overlooked.</remarks>
internal sealed class BicepReader(string path, string text)
{
    private readonly BicepScanner scan = new(path, text);

    public IReadOnlyList<BicepStatement> Statements()
    {
        var statements = new List<BicepStatement>();
        while (!scan.IsAtEnd)
        {
            if (scan.Take("@"))
            {
                scan.Word();
                scan.Bracketed();
                continue;
            }

            statements.Add(Statement());
        }

        return statements;
    }

    private BicepStatement Statement()
    {
        var line = scan.Line;
        var keyword = scan.Word();
        return keyword switch
        {
            "using" => new(keyword, "", scan.Quoted(), false, null, line),
            "targetScope" => new(keyword, "", "", false, ValueAfterSign(), line),
            "var" => new(keyword, scan.Word(), "", false, ValueAfterSign(), line),
            "param" or "output" => new(keyword, scan.Word(), TypeIfAny(), false, ValueAfterSignIfAny(), line),
            "resource" => new(keyword, scan.Word(), scan.Quoted(), scan.TakeWord("existing"), ValueAfterSign(), line),
            "module" => new(keyword, scan.Word(), scan.Quoted(), false, ValueAfterSign(), line),
            _ => throw scan.Unknown($"a statement of '{keyword}'"),
        };
    }

    private string TypeIfAny() => scan.Peek == '=' ? "" : scan.Word();

    private BicepValue? ValueAfterSignIfAny() => scan.Peek == '=' ? ValueAfterSign() : null;

    private BicepValue ValueAfterSign()
    {
        scan.Expect("=");
        return ValueIfAny();
    }

    /// <summary>What there is when the condition before it holds.</summary>
    private BicepValue ValueIfAny()
    {
        if (scan.TakeWord("if")) scan.Bracketed();
        return Value();
    }

    private BicepValue Value()
    {
        scan.SkipBlanks();
        var (start, line) = (scan.Position, scan.Line);
        BicepValue value = scan.Peek switch
        {
            '{' => Properties(),
            '[' => ItemsOrLoop(),
            '\'' => Text(),
            _ => new BicepValue.Expression(scan.Expression(start), line),
        };
        // A ternary, a property of it, a comparison: then the whole would have to be evaluated.
        return value is not BicepValue.Expression && scan.GoesOn
            ? new BicepValue.Expression(scan.Expression(start), line)
            : value;
    }

    private BicepValue.Properties Properties()
    {
        var line = scan.Line;
        var properties = new List<BicepProperty>();
        scan.Expect("{");
        while (!scan.Take("}"))
        {
            if (scan.Take(",")) continue;
            var propertyLine = scan.Line;
            var name = scan.Peek == '\'' ? scan.Quoted() : scan.Word();
            scan.Expect(":");
            properties.Add(new(name, Value(), propertyLine));
        }

        return new(properties, line);
    }

    private BicepValue ItemsOrLoop()
    {
        var line = scan.Line;
        scan.Expect("[");
        if (scan.TakeWord("for"))
        {
            scan.SkipTo(':');
            var body = ValueIfAny();
            scan.Expect("]");
            return body;
        }

        var items = new List<BicepValue>();
        while (!scan.Take("]"))
        {
            if (!scan.Take(",")) items.Add(Value());
        }

        return new BicepValue.Items(items, line);
    }

    private BicepValue Text()
    {
        var (start, line) = (scan.Position, scan.Line);
        var text = scan.Quoted();
        return text.Contains("${", StringComparison.Ordinal)
            ? new BicepValue.Expression(scan.Since(start), line)
            : new BicepValue.Text(text, line);
    }
}
