namespace LinkedInExports.Core.Comparison;

/// <summary>Reads rows in order.</summary>
internal abstract class RowCursor
{
    /// <summary>The current row, valid until the next call of <see cref="MoveNext"/>.</summary>
    internal Row Current { get; private protected set; }

    /// <summary>Advances to the next row.</summary>
    /// <returns>False after the last row.</returns>
    internal abstract bool MoveNext();
}
