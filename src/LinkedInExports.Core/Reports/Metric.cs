namespace LinkedInExports.Core.Reports;

/// <summary>A number worth a tile.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The number; percents from 0 to 100.</param>
/// <param name="Unit">What follows it, for example <c>%</c>; empty for a plain count.</param>
internal sealed record Metric(string Label, double Value, string Unit = "");
