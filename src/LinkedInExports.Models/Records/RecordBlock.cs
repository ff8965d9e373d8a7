namespace LinkedInExports;

/// <summary>What consecutive records of a file share: their file, and the bytes of their texts.</summary>
internal sealed class RecordBlock(RecordSource source, long firstRow, byte[] texts)
{
    internal RecordSource Source => source;

    /// <summary>The number of the first row in the file. Others are stored relative to it.</summary>
    internal long FirstRow => firstRow;

    /// <summary>The texts in UTF-8.</summary>
    internal byte[] Texts => texts;
}
