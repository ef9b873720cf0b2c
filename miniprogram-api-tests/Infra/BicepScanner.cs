namespace Pond.Tests.Infra;

/// <summary>Goes through the text of a Bicep file; blanks and comments are skipped before each piece.</summary>
internal sealed class BicepScanner(string path, string text)
{
    private const char End = '\0';

    public int Position { get; private set; }

    public int Line => text.AsSpan(0, Position).Count('\n') + 1;

    public bool IsAtEnd
    {
        get
        {
            SkipBlanks();
            return Position == text.Length;
        }
    }

    public char Peek
    {
        get
        {
            SkipBlanks();
            return At(Position);
        }
    }

    /// <summary>Whether what was just read is only the beginning of an expression.</summary>
    public bool GoesOn
    {
        get
        {
            var next = Position;
            while (At(next) == ' ') next++;
            if (At(next) is '.' or '[' or '?' or '+' or '!' or '=' or '&' or '|') return true;
            SkipBlanks();
            return At(Position) == '?'; // a ternary may break before its mark
        }
    }

    public string Since(int start) => text[start..Position];

    public bool Take(string sign)
    {
        SkipBlanks();
        if (!text.AsSpan(Position).StartsWith(sign)) return false;
        Position += sign.Length;
        return true;
    }

    public bool TakeWord(string word)
    {
        SkipBlanks();
        if (!text.AsSpan(Position).StartsWith(word) || IsOfWord(At(Position + word.Length))) return false;
        Position += word.Length;
        return true;
    }

    public void Expect(string sign)
    {
        if (!Take(sign)) throw Unknown($"something that is not '{sign}'");
    }

    public string Word()
    {
        SkipBlanks();
        var start = Position;
        while (IsOfWord(At(Position))) Position++;
        return Position > start ? Since(start) : throw Unknown("something that is no name");
    }

    /// <summary>What a string says, with its <c>${}</c> as they are written.</summary>
    public string Quoted()
    {
        Expect("'");
        var start = Position;
        while (At(Position) != '\'')
        {
            if (At(Position) is End or '\n') throw Unknown("a string without an end");
            if (At(Position) == '\\') Position += 2;
            else if (text.AsSpan(Position).StartsWith("${")) Interpolation();
            else Position++;
        }

        return text[start..Position++];
    }

    /// <summary>Skips a group of brackets and all within.</summary>
    public void Bracketed()
    {
        if (Peek is not ('(' or '[' or '{')) throw Unknown("something without brackets");
        var depth = 0;
        do depth += Step();
        while (depth > 0);
    }

    /// <summary>Skips to behind a sign that is in no brackets.</summary>
    public void SkipTo(char sign)
    {
        var depth = 0;
        while (depth > 0 || Peek != sign) depth += Step();
        Position++;
    }

    /// <summary>The expression from there on: to the end of the line, or of what it is a part of.</summary>
    public string Expression(int start)
    {
        Position = start;
        var depth = 0;
        var end = start;
        while (true)
        {
            while (At(Position) == ' ') Position++;
            if (depth == 0 && At(Position) is End or ',' or ')' or ']' or '}') break;
            if (depth == 0 && (At(Position) == '\n' || IsComment) && Peek is not ('?' or ':')) break;
            SkipBlanks();
            depth += Step();
            end = Position;
        }

        if (end == start) throw Unknown("a value");
        return text[start..end];
    }

    public void SkipBlanks()
    {
        while (char.IsWhiteSpace(At(Position)) || IsComment)
        {
            if (IsComment) Position = text.IndexOf('\n', Position) is var next and >= 0 ? next : text.Length;
            else Position++;
        }
    }

    public FormatException Unknown(string what) => new($"{path}:{Line}: {what} is not understood");

    private bool IsComment => text.AsSpan(Position).StartsWith("//");

    /// <summary>Over one character, or one string; tells how much deeper in brackets that leads.</summary>
    private int Step()
    {
        SkipBlanks();
        if (At(Position) == '\'')
        {
            Quoted();
            return 0;
        }

        if (Position == text.Length) throw Unknown("an end within brackets");
        return text[Position++] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
    }

    private void Interpolation()
    {
        Position++; // the dollar sign
        Bracketed();
    }

    private char At(int position) => position < text.Length ? text[position] : End;

    private static bool IsOfWord(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';
}
