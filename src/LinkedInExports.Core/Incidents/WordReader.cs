namespace LinkedInExports.Core.Incidents;

/// <summary>Divides a text into words, each with the separator after it.</summary>
internal struct WordReader(string text)
{
    private static readonly char[] Separators = IncidentFormat.Separators.ToCharArray();

    private int _next;

    /// <summary>The current word, which is empty between two separators.</summary>
    internal string Word { get; private set; } = "";

    /// <summary>The separator after the word, or null at the end of the text.</summary>
    internal char? Separator { get; private set; }

    /// <summary>Whether the word is the index of a list of ids, as in <c>ids[0]</c>.</summary>
    internal readonly bool IsIndex
    {
        get
        {
            const string list = "ids[";
            int start = _next - 1 - Word.Length;
            return Separator == ']'
                && Word.Length is > 0 and <= 3
                && Word.All(character => character is >= '0' and <= '9')
                && start >= list.Length
                && string.CompareOrdinal(text, start - list.Length, list, 0, list.Length) == 0;
        }
    }

    /// <summary>Whether the word is part of a name before its value, as in <c>grant_type=</c>.</summary>
    internal readonly bool IsName
    {
        get
        {
            if (Separator is not { } separator || Word.Length == 0)
                return false;
            int end = _next - 1;
            while (separator == '_')
            {
                end = text.IndexOfAny(Separators, end + 1);
                if (end < 0)
                    return false;
                separator = text[end];
            }

            return separator is '=' or ':' || (Separator, Word) is ('[', "ids") or ('(', "List");
        }
    }

    /// <summary>Reads the next word.</summary>
    /// <returns>False at the end of the text.</returns>
    internal bool Read()
    {
        if (_next >= text.Length)
            return false;
        int end = text.IndexOfAny(Separators, _next);
        Separator = end < 0 ? null : text[end];
        if (end < 0)
            end = text.Length;
        Word = text.Substring(_next, end - _next);
        _next = end + 1;
        return true;
    }
}
