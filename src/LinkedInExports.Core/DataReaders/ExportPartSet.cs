namespace LinkedInExports.Core.DataReaders;

/// <summary>The files of a reader, in the order in which they are read.</summary>
internal sealed record ExportPartSet
{
    /// <summary>Initializes the files of a reader.</summary>
    /// <exception cref="LinkedInException">The files have several export types, or none that is known.</exception>
    internal ExportPartSet(IReadOnlyList<ExportPart> parts)
    {
        Parts = parts;
        ExportType = GetExportType(parts);
    }

    internal IReadOnlyList<ExportPart> Parts { get; }

    internal ExportType ExportType { get; }

    private static ExportType GetExportType(IReadOnlyList<ExportPart> parts)
    {
        if (parts.FirstOrDefault(part => part.ExportType is not null) is not { ExportType: { } exportType } first)
        {
            throw new LinkedInException(
                LinkedInErrorId.UnknownExportType,
                $"{parts[0].Path} is empty and has no manifest, so its export type is unknown."
            )
            {
                Target = parts[0].Path,
            };
        }

        return parts.FirstOrDefault(part => part.ExportType is { } other && other != exportType) is { } different
            ? throw new LinkedInException(
                LinkedInErrorId.ExportTypeMismatch,
                $"A data reader has one export type, but {first.Path} has type {exportType}, and {different.Path} has type "
                    + $"{different.ExportType}."
            )
            {
                Target = different.Path,
            }
            : exportType;
    }
}
