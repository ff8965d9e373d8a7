namespace LinkedInExports.Core.Comparison;

/// <summary>Merges several sorted sources.</summary>
internal sealed class KWayMerge : RowCursor
{
    /// <summary>A binary min-heap by current row.</summary>
    private readonly List<RowCursor> _sources = [];
    private bool _hasStarted;

    internal KWayMerge(IEnumerable<RowCursor> sources)
    {
        foreach (RowCursor source in sources)
        {
            if (source.MoveNext())
                _sources.Add(source);
        }

        for (int i = (_sources.Count / 2) - 1; i >= 0; i--)
            SiftDown(i);
    }

    internal override bool MoveNext()
    {
        if (_hasStarted && _sources.Count > 0)
            Advance();
        _hasStarted = true;
        if (_sources.Count == 0)
            return false;
        Current = _sources[0].Current;
        return true;
    }

    private void Advance()
    {
        if (!_sources[0].MoveNext())
        {
            int last = _sources.Count - 1;
            _sources[0] = _sources[last];
            _sources.RemoveAt(last);
        }

        SiftDown(0);
    }

    private void SiftDown(int index)
    {
        while (true)
        {
            int first = index;
            for (int child = (2 * index) + 1; child <= (2 * index) + 2 && child < _sources.Count; child++)
            {
                if (_sources[child].Current.CompareTo(_sources[first].Current) < 0)
                    first = child;
            }

            if (first == index)
                return;
            (_sources[index], _sources[first]) = (_sources[first], _sources[index]);
            index = first;
        }
    }
}
