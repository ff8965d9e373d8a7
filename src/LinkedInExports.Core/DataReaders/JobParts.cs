using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.DataReaders;

/// <summary>Compares files with their jobs: each part of a job has to be there once, with the announced number of rows.</summary>
internal static class JobParts
{
    private const int MaxNumbers = 5;

    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.PartsMismatch"/>.</exception>
    internal static void EnsureComplete(IEnumerable<ExportPart> parts)
    {
        foreach (var job in parts.GroupBy(part => (part.Manifest!.Api, part.Manifest.Owner, part.Manifest.JobId)))
        {
            if (FindProblem([.. job.Select(part => part.Manifest!)]) is { } problem)
            {
                throw new LinkedInException(
                    LinkedInErrorId.PartsMismatch,
                    $"The files of job {job.Key.JobId} are not complete: {problem}."
                )
                {
                    Target = job.First().Path,
                };
            }
        }
    }

    private static string? FindProblem(ExportManifest[] parts)
    {
        int count = parts[0].PartCount;
        if (parts.Any(part => part.PartCount != count))
            return "according to their manifests, the job has different numbers of parts";
        if (parts.GroupBy(part => part.Part).FirstOrDefault(same => same.Count() > 1) is { } repeated)
            return $"part {repeated.Key} was specified {repeated.Count()} times";

        int[] missing = [.. Enumerable.Range(1, count).Except(parts.Select(part => part.Part))];
        if (missing.Length > 0)
        {
            string numbers = string.Join(", ", missing.Take(MaxNumbers));
            string more = missing.Length > MaxNumbers ? $" and {missing.Length - MaxNumbers} more" : "";
            return $"of {count} parts, {numbers}{more} {(missing.Length == 1 ? "is" : "are")} missing";
        }

        // LinkedIn may have returned a link twice, and the content of another part is missing.
        var sameContent = parts
            .Where(part => part.RowCount > 0)
            .GroupBy(part => part.Sha256)
            .FirstOrDefault(same => same.Count() > 1);
        if (sameContent is not null)
        {
            int[] numbers = [.. sameContent.Select(part => part.Part).OrderBy(number => number)];
            return $"parts {numbers[0]} and {numbers[1]} have the same content";
        }

        long rows = parts.Sum(part => part.RowCount);
        int headers = parts.Count(part => part.HasHeader);
        return parts[0].AnnouncedRowCount is { } announced && !ExportManifest.MatchesAnnounced(rows, headers, announced)
            ? $"they have {rows} rows, and LinkedIn announced {announced}"
            : null;
    }
}
