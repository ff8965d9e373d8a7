using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;

namespace LinkedInExports.Conventions.Tests.Documentation;

/// <summary>
/// Limits and times have the same value in the code, the help and the guides. docs/en-US/about_LinkedInExports_Limits.md has
/// all of them; other pages repeat one only where a reader needs it.
/// </summary>
public sealed class LimitTests
{
    private const BindingFlags AllMembers =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private const string Limits = "docs/en-US/about_LinkedInExports_Limits.md";

    private static readonly string[] Words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>The unit of a number in bytes, in the code.</summary>
    private const int Megabyte = 1024 * 1024;

    private static readonly AssemblyLoadContext Module = LoadModule();

    public static TheoryData<string, string> Facts =>
        new()
        {
            { @"renewed after # % of its lifetime", Number((double)Value("Http.AccessToken", "RefreshThreshold") * 100) },
            { @"waits for # hours by default", Number((int)Value("ExportJobs.WaitOptions", "DefaultTimeoutHours")) },
            {
                @"(no response is over after|-Force`? to create another one, or wait|-Force, or wait) # hours",
                Hours("Checkpoints.SliceJobCreator", "OrphanTimeout")
            },
            {
                @"(keeps (a job|a job and its files|export jobs) for|within) # week",
                Number(Time("ExportJobs.ExportJobClient", "JobLifetime").TotalDays / 7)
            },
            { @"newest # jobs", Number((int)Value("ExportJobs.History.JobHistoryFile", "MaxJobs")) },
            { @"requested again for # minutes", Number(Time("Http.RetryOptions", "LinkTimeout").TotalMinutes) },
            { @"at most # days", Number(Time("ExportJobs.Period", "MaxLength").TotalDays) },
            { @"data of sales analytics every # hours", Hours("ExportJobs.Period", "DataDelay") },
            {
                @"(PDF, DOC (and|or) TXT files?|resumes) of at most # MB",
                Number((long)Value("Resumes.Uploads.ResumeDocument", "MaxLength") / Megabyte)
            },
            { @"[Aa] period of less than # hours", Hours("ExportJobs.Period", "MinSplitLength") },
            { @"# records per minute", Number((int)Value("LinkedInClientOptions", "DefaultRecordsPerMinute")) },
            { @"# requests per day", Number((int)Value("LinkedInClientOptions", "DefaultRequestsPerDay")) },
            { @"# attempts with increasing delays", Number((int)Value("Http.RetryOptions", "MaxRetries") + 1) },
            { @"LinkedIn requests, up to # minutes", Number(Time("Http.RetryOptions", "MaxServerDelay").TotalMinutes) },
            { @"times out after # seconds without a response", Seconds("Http.RetryOptions", "ResponseTimeout") },
            { @"times out after # seconds without data", Seconds("Http.RetryOptions", "IdleTimeout") },
        };

    [Theory]
    [MemberData(nameof(Facts))]
    public void Page_LimitInProse_IsThatOfTheCode(string sentence, string expected)
    {
        var pattern = new Regex(
            sentence.Replace("#", $@"(?<value>\b\d[\d,]*|\b({string.Join('|', Words)}))", StringComparison.Ordinal)
        );
        (string Page, string Value)[] found =
        [
            .. DocumentationPage
                .All.Concat(DocumentationPage.Help)
                .SelectMany(page =>
                    pattern
                        .Matches(Regex.Replace(page.Text, @"\s+", " "))
                        .Select(match => (page.Name, match.Groups["value"].Value))
                ),
        ];
        Assert.Contains(found, one => one.Page == Limits);
        Assert.All(
            found,
            one =>
                Assert.True(
                    one.Value == expected,
                    $"{one.Page} has '{sentence}' with {one.Value}, and the code has {expected}. Correct the page or the code."
                )
        );
    }

    private static string Hours(string type, string member) => Number(Time(type, member).TotalHours);

    private static string Seconds(string type, string member) => Number(Time(type, member).TotalSeconds);

    private static TimeSpan Time(string type, string member) => (TimeSpan)Value(type, member);

    /// <summary>Formats a number as the pages do: as a word below ten, with separators of thousands above.</summary>
    private static string Number(double number) =>
        number < Words.Length ? Words[(int)number] : number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Reads a field, or the default value of a property of an options class.</summary>
    private static object Value(string type, string member)
    {
        Type owner = Module
            .LoadFromAssemblyPath(Path.Combine(BuiltModule.Bin, "private", "LinkedInExports.Core.dll"))
            .GetType("LinkedInExports.Core." + type, throwOnError: true)!;
        return owner.GetProperty(member, AllMembers) is { } property
            ? property.GetValue(Activator.CreateInstance(owner))!
            : owner.GetField(member, AllMembers)!.GetValue(null)!;
    }

    private static AssemblyLoadContext LoadModule()
    {
        var context = new AssemblyLoadContext("limits");
        context.Resolving += static (context, name) =>
            new[] { BuiltModule.Bin, Path.Combine(BuiltModule.Bin, "private") }
                .Select(folder => Path.Combine(folder, name.Name + ".dll"))
                .Where(File.Exists)
                .Select(context.LoadFromAssemblyPath)
                .FirstOrDefault();
        return context;
    }
}
