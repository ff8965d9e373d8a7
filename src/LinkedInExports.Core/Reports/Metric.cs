namespace LinkedInExports.Core.Reports;

/// <summary>A number that is shown in a tile.</summary>
/// <param name="Label">The label of the tile.</param>
/// <param name="Value">The value. Percentages are from 0 to 100.</param>
/// <param name="Unit">The unit after the value, for example <c>%</c>, or an empty string for a count.</param>
internal sealed record Metric(string Label, double Value, string Unit = "");
