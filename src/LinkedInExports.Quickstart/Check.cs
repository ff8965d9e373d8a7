using LinkedInExports.Emulator;

namespace LinkedInExports.Quickstart;

/// <summary>Compares the saved records with those of the server, in order.</summary>
internal static class Check
{
    internal static int Compare(LinkedInEmulator emulator, string recordsPath)
    {
        const long firstJob = 148;
        string[] expected =
        [
            .. emulator.GetRows(firstJob).Select(row => $"{row.CrmId},{row.CrmRecordType},{row.ExpiredAt},{row.CreatedAt}"),
        ];
        string[] actual = File.ReadAllLines(recordsPath);
        int common = Math.Min(expected.Length, actual.Length);
        return Enumerable.Range(0, common).Count(i => expected[i] != actual[i]) + Math.Abs(expected.Length - actual.Length);
    }
}
