namespace LinkedInExports.Core.Tests.Support;

/// <summary>Returns the same number each time, for exact delays.</summary>
internal sealed class ConstantRandom(double value) : Random
{
    public override double NextDouble() => value;
}
