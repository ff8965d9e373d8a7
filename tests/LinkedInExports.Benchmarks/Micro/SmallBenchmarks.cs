using System.Text;
using BenchmarkDotNet.Attributes;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Benchmarks.Micro;

/// <summary>Benchmarks of operations that run once for each row or request.</summary>
public class SmallBenchmarks
{
    private readonly byte[] _time = Encoding.ASCII.GetBytes("03-17-2026 08:15:42");

    [Benchmark]
    public bool ActivityTimeParse() => ActivityTime.TryParse(_time, out _);

    [Benchmark]
    public string UrnEncoding() => RestLi.Encode("urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)");
}
