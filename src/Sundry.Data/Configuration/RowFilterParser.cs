namespace Sundry.Data;

/// <summary>Recursive descent over a <see cref="RowFilter"/>'s text; a mistake is a <see cref="FormatException"/> that names the character.</summary>
internal sealed class RowFilterParser
{
    private const int DeepestNesting = 64;
    private const int MostComparisons = 1000;
    private readonly string _text;
    private readonly bool _alone;
    private readonly List<string> _columns = [];
    private int _next;
    private int _depth;
    private int _comparisons;
    private Token _token;

    public RowFilterParser(string text, bool alone)
    {
        (_text, _alone) = (text, alone);
        _token = Scan();
    }

    private enum Kind
    {
        End,
        Word,
        Quoted,
        Sign,
        Mark,
    }

    public IReadOnlyList<string> Columns => _columns;

    public RowCondition Parse()
    {
        if (_token.Kind == Kind.End) throw new FormatException("the condition is empty; write one such as: click = 1");
        var condition = Or();
        if (_token.Kind != Kind.End) throw Wrong(_token.Is(Kind.Mark, ")") ? "no '(' belongs to this ')'" : $"'and', 'or' or the end is expected, not {Say(_token)}");
        return condition;
    }

    private RowCondition Or()
    {
        var left = And();
        while (Take("or")) left = new RowCondition.Or(left, And());
        return left;
    }

    private RowCondition And()
    {
        var left = Not();
        while (Take("and")) left = new RowCondition.And(left, Not());
        return left;
    }

    private RowCondition Not()
    {
        // each level of nesting is a level of the call stack
        if (++_depth > DeepestNesting) throw Wrong($"more than {DeepestNesting} levels of nesting");
        var condition = Take("not") ? new RowCondition.Not(Not()) : Primary();
        _depth--;
        return condition;
    }

    private RowCondition Primary()
    {
        if (_token.Is(Kind.Mark, "("))
        {
            var open = _token;
            Advance();
            var inner = Or();
            if (!_token.Is(Kind.Mark, ")")) throw _token.Kind == Kind.End ? Wrong("this '(' is never closed", open) : Wrong($"')' is expected, not {Say(_token)}");
            Advance();
            return inner;
        }

        // a chain of comparisons is evaluated one inside the other
        if (++_comparisons > MostComparisons) throw Wrong($"more than {MostComparisons} comparisons; use 'in' with a list");
        int column = Column();
        if (Take("in")) return new RowCondition.In(column, Values());
        if (Take("not"))
        {
            if (!Take("in")) throw Wrong($"'in' is expected after 'not', not {Say(_token)}");
            return new RowCondition.Not(new RowCondition.In(column, Values()));
        }

        if (_alone && EndsHere()) return new RowCondition.True(column);
        if (_token.Kind != Kind.Sign) throw Wrong($"a comparison (=, !=, <, <=, >, >=, in) is expected after '{_columns[column]}', not {Say(_token)}");
        var sign = _token.Text == "==" ? "=" : _token.Text;
        Advance();
        return new RowCondition.Compare(column, sign, Value());
    }

    /// <summary>Whether a column stands alone, as in <c>restricted and price &lt; 5</c>.</summary>
    private bool EndsHere() => _token.Kind == Kind.End || _token.Is(Kind.Mark, ")") || _token.Is(Kind.Word, "and") || _token.Is(Kind.Word, "or");

    private int Column()
    {
        if (_token.Kind is not (Kind.Word or Kind.Quoted)) throw Wrong($"a column's name is expected, not {Say(_token)}");
        var name = _token.Text;
        Advance();
        int column = _columns.IndexOf(name);
        if (column >= 0) return column;
        _columns.Add(name);
        return _columns.Count - 1;
    }

    private RowValue Value()
    {
        if (_token.Kind is not (Kind.Word or Kind.Quoted)) throw Wrong($"a value is expected, not {Say(_token)}");
        var value = new RowValue(_token.Text, _token.Kind == Kind.Quoted);
        Advance();
        return value;
    }

    private List<RowValue> Values()
    {
        var close = _token.Is(Kind.Mark, "(") ? ")" : "]";
        if (!_token.Is(Kind.Mark, "[") && close == "]") throw Wrong($"a list such as [a, b] is expected after 'in', not {Say(_token)}");
        var open = _token;
        Advance();
        var values = new List<RowValue>();
        do values.Add(Value());
        while (Take(","));
        if (!_token.Is(Kind.Mark, close)) throw _token.Kind == Kind.End ? Wrong($"this '{open.Text}' is never closed", open) : Wrong($"',' or '{close}' is expected, not {Say(_token)}");
        Advance();
        return values;
    }

    private bool Take(string text)
    {
        // a quoted "and" is a value, never the word
        bool found = _token.Is(Kind.Word, text) || _token.Is(Kind.Mark, text);
        if (found) Advance();
        return found;
    }

    private void Advance() => _token = Scan();

    private Token Scan()
    {
        while (_next < _text.Length && char.IsWhiteSpace(_text[_next])) _next++;
        int start = _next;
        if (start == _text.Length) return new Token(Kind.End, "", start);
        char c = _text[_next++];
        switch (c)
        {
            case '(' or ')' or '[' or ']' or ',':
                return new Token(Kind.Mark, c.ToString(), start);
            case '=' or '<' or '>' or '!':
                if (_next < _text.Length && _text[_next] == '=') _next++;
                var sign = _text[start.._next];
                if (sign == "!") throw Wrong("'!' is not a comparison; write 'not' or '!='", start);
                return new Token(Kind.Sign, sign, start);
            case '"' or '\'':
                return Quoted(c, start);
        }

        if (!InWord(c)) throw Wrong(c is '&' or '|' ? $"'{c}' joins nothing here; write 'and' or 'or'" : $"'{c}' is not expected; put names and values with such characters in quotes", start);
        while (_next < _text.Length && InWord(_text[_next])) _next++;
        return new Token(Kind.Word, _text[start.._next], start);
    }

    private Token Quoted(char quote, int start)
    {
        var text = new System.Text.StringBuilder();
        while (_next < _text.Length)
        {
            char c = _text[_next++];
            if (c == quote)
            {
                if (_next == _text.Length || _text[_next] != quote) return new Token(Kind.Quoted, text.ToString(), start);
                _next++;
            }

            text.Append(c);
        }

        throw Wrong($"this {quote} is never closed", start);
    }

    private static bool InWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '+';

    private static string Say(Token token) => token.Kind == Kind.End ? "the end" : $"'{token.Text}'";

    private FormatException Wrong(string message, Token? at = null) => Wrong(message, (at ?? _token).Start);

    private FormatException Wrong(string message, int start) => new($"character {start + 1} of the condition '{_text}': {message}");

    private readonly record struct Token(Kind Kind, string Text, int Start)
    {
        public bool Is(Kind kind, string text) => Kind == kind && Text == text;
    }
}
