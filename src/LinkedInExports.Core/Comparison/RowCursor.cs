namespace LinkedInExports.Core.Comparison;

/// <summary>Goes over rows in their order.</summary>
internal abstract class RowCursor
{
    /// <summary>The row it stands on, valid until it moves.</summary>
    internal Row Current { get; private protected set; }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False behind the last one.</returns>
    internal abstract bool MoveNext();
}
