namespace Pond.Tests.Infra;

/// <summary>The reader that the other tests of infra/ stand on.</summary>
public sealed class ReadingBicep
{
    private const string Sample = """
        // A comment with 'quotes' and { brackets.
        targetScope = 'subscription'

        @description('It\'s (odd).')
        @allowed([1, 2])
        param count int = 1 // and a comment behind
        param name string

        var names = ['a', '${name}-b']
        var choice = count == 1
          ? []
          : [
              { name: 'one' }
            ]

        resource old 'Some.Type/things@2024-01-01' existing = {
          name: 'old'
        }

        resource many 'Some.Type/things@2024-01-01' = [
          for each in names: if (!empty(each)) {
            name: each
            'odd.key': { yes: true }
          }
        ]

        module other 'other.bicep' = if (count > 1) {
          params: { a: many[0].name, b: [] }
        }

        output made string = many[0].id
        """;

    private readonly BicepFile file = new("sample.bicep", Sample);

    [Fact]
    public void Every_statement_is_read_with_its_line() => Assert.Equal(
        [
            "2 targetScope ", "6 param count", "7 param name", "9 var names", "10 var choice", "16 resource old",
            "20 resource many", "27 module other", "31 output made",
        ],
        file.Statements.Select(each => $"{each.Line} {each.Keyword} {each.Name}"));

    [Fact]
    public void Only_what_need_not_be_evaluated_is_taken_literally()
    {
        var names = Assert.IsType<BicepValue.Items>(file.Variable("names"));
        Assert.Equal("a", Assert.IsType<BicepValue.Text>(names.Values[0]).Value);
        Assert.Equal("'${name}-b'", Assert.IsType<BicepValue.Expression>(names.Values[1]).Source);
        Assert.Contains("'one'", Assert.IsType<BicepValue.Expression>(file.Variable("choice")).Source);
    }

    [Fact]
    public void A_loop_is_what_it_makes_each_time_and_a_condition_is_left_out()
    {
        var many = Assert.IsType<BicepValue.Properties>(file.Resource("many").Value);
        Assert.Equal(["name", "odd.key"], many.All.Select(property => property.Name));
        Assert.Equal([22, 23], many.All.Select(property => property.Line));
        Assert.True(file.Resource("old").IsExisting);
        Assert.False(file.Resource("many").IsExisting);

        var parameters = Assert.IsType<BicepValue.Properties>(file.Of("module").Single().Value)["params"];
        var given = Assert.IsType<BicepValue.Properties>(parameters);
        Assert.Equal("many[0].name", Assert.IsType<BicepValue.Expression>(given["a"]).Source);
    }

    [Theory]
    [InlineData("resource x 'a' = {\n  name:\n}")]
    [InlineData("var x = {\n  a: 1")]
    [InlineData("var x = 'no end")]
    [InlineData("func f() string => 'later'")]
    [InlineData("var x = (1")]
    public void What_it_does_not_understand_it_refuses(string text) =>
        Assert.Throws<FormatException>(() => new BicepFile("broken.bicep", text));
}
