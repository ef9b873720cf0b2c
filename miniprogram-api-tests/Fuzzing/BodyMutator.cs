using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pond.Tests.Fuzzing;

/// <summary>Makes bodies that are almost in order: most changes are small, so that they get far.</summary>
/// <param name="names">Names of fields, of any body.</param>
/// <param name="world">Ids of things that exist.</param>
internal sealed class BodyMutator(Random random, IReadOnlyList<string> names, IReadOnlyList<string> world)
{
    private const int ChangesMax = 3;
    private const int RepeatsMax = 120;
    private const int DepthMax = 24;

    private readonly List<string> raw = [];

    /// <param name="valid">Is left as it is.</param>
    public byte[] Mutate(JsonObject valid)
    {
        if (random.Next(5) == 0) return MutateBytes(Encoding.UTF8.GetBytes(valid.ToJsonString()));
        raw.Clear();
        var body = valid.DeepClone().AsObject();
        for (var changes = random.Next(ChangesMax) + 1; changes > 0; changes--) Change(body);
        var text = body.ToJsonString();
        for (var number = 0; number < raw.Count; number++)
            text = text.Replace($"\"{Mark(number)}\"", raw[number], StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(20) == 0 ? MutateBytes(bytes) : bytes;
    }

    /// <summary>Flips, cuts, doubles and puts in what does not belong there.</summary>
    public byte[] MutateBytes(byte[] bytes)
    {
        var changed = bytes.ToList();
        for (var changes = random.Next(ChangesMax) + 1; changes > 0 && changed.Count > 0; changes--)
        {
            var at = random.Next(changed.Count);
            var length = random.Next(1, Math.Min(16, changed.Count - at) + 1);
            switch (random.Next(6))
            {
                case 0: changed[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: changed[at] = (byte)random.Next(256); break;
                case 2: changed.RemoveRange(at, length); break;
                case 3: changed.InsertRange(at, changed.GetRange(at, length)); break;
                case 4: changed.InsertRange(at, Pick(HostileValues.Bytes)); break;
                default: changed.RemoveRange(at, changed.Count - at); break;
            }
        }

        return [.. changed];
    }

    private void Change(JsonObject body)
    {
        Slot[] slots = [.. Slots(body)];
        if (slots.Length == 0)
        {
            body[Pick(names)] = AnyValue();
            return;
        }

        var slot = Pick(slots);
        switch (random.Next(12))
        {
            case 0: slot.Remove(); break;
            case 1: slot.Set(AnyValue()); break;
            case 2: slot.Set(Raw(Pick(HostileValues.Tokens))); break;
            case 3: slot.Set(JsonValue.Create(Pick(world))); break;
            case 4: slot.Set(Pick(slots).Value?.DeepClone()); break;
            case 5 when slot.Parent is JsonObject holder: holder[Pick(names)] = AnyValue(); break;
            case 5 or 6 when slot.Parent is JsonArray list: Repeat(list, slot.Value); break;
            case 7: slot.Set(Nested(slot.Value)); break;
            default: slot.Set(Tweaked(slot.Value)); break;
        }
    }

    private void Repeat(JsonArray list, JsonNode? item)
    {
        for (var times = random.Next(4) == 0 ? RepeatsMax : random.Next(4); times > 0; times--)
            list.Add(item?.DeepClone());
    }

    private JsonNode Nested(JsonNode? value)
    {
        var nested = value?.DeepClone();
        for (var depth = random.Next(4) == 0 ? DepthMax : 1; depth > 0; depth--)
            nested = random.Next(2) == 0 ? new JsonArray(nested) : new JsonObject { ["a"] = nested };
        return nested!;
    }

    private JsonNode? Tweaked(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Number => Number(long.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)),
        JsonValueKind.String => Text((string)value!),
        JsonValueKind.True or JsonValueKind.False => JsonValue.Create(!(bool)value),
        JsonValueKind.Array => new JsonArray([.. value.AsArray().Reverse().Select(item => item?.DeepClone())]),
        JsonValueKind.Object => new JsonObject(),
        _ => AnyValue(),
    };

    private JsonValue Number(long number) => JsonValue.Create(unchecked(random.Next(8) switch
    {
        0 => number + 1,
        1 => number - 1,
        2 => -number,
        3 => number * 10,
        4 => number * 1_000_000,
        5 => 0L,
        6 => random.NextInt64(1_000),
        _ => random.NextInt64(),
    }));

    private JsonValue Text(string text) => JsonValue.Create(random.Next(8) switch
    {
        0 => text + Pick(HostileValues.Texts),
        1 => Pick(HostileValues.Texts),
        2 => text[..random.Next(text.Length + 1)],
        3 => text.ToUpperInvariant(),
        4 => string.Concat(Enumerable.Repeat(text, random.Next(2, 60))),
        5 => text.Length == 0 ? "a" : text[..^1] + (char)(text[^1] + 1),
        6 => " " + text,
        _ => text.Replace('-', '_'),
    });

    private JsonValue AnyValue() => random.Next(4) switch
    {
        0 => JsonValue.Create(Pick(HostileValues.Texts)),
        1 => JsonValue.Create(random.NextInt64(100)),
        2 => JsonValue.Create(Pick(world)),
        _ => Raw(Pick(HostileValues.Tokens)),
    };

    private JsonValue Raw(string token)
    {
        raw.Add(token);
        return JsonValue.Create(Mark(raw.Count - 1));
    }

    private static string Mark(int number) => $"raw-{number}-raw";

    private static IEnumerable<Slot> Slots(JsonNode node) => node switch
    {
        JsonObject one => one.ToArray().SelectMany(
            field => WithInner(new Slot(one, field.Value, () => one.Remove(field.Key), value => one[field.Key] = value))),
        JsonArray list => list.ToArray().SelectMany((item, index) => WithInner(new Slot(
            list, item, () => list.RemoveAt(Math.Min(index, list.Count - 1)), value => list[index] = value))),
        _ => [],
    };

    private static IEnumerable<Slot> WithInner(Slot slot) =>
        slot.Value is null ? [slot] : Slots(slot.Value).Prepend(slot);

    private T Pick<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];

    /// <summary>A place in a body.</summary>
    private sealed record Slot(JsonNode Parent, JsonNode? Value, Action Remove, Action<JsonNode?> Set);
}
