using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Tooling;

namespace LinkedInExports.Emulator.Tests.Cli;

/// <summary>The emulator as a program.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_AnyBehavior_NamesItsOption()
    {
        using Process process = Start("--help");
        string help = await process.StandardOutput.ReadToEndAsync();
        Assert.All(
            typeof(EmulatorBehavior).GetProperties(),
            property => Assert.Contains($"\n  {Option(property.Name)} ", help, StringComparison.Ordinal)
        );
        Assert.All(help.Split('\n'), line => Assert.InRange(line.Length, 0, 130));
    }

    [Fact]
    public void Page_EachBehavior_HasItsOption()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "emulator.md"));
        Assert.Equal(
            typeof(EmulatorBehavior).GetProperties().Select(property => Option(property.Name)).Order(StringComparer.Ordinal),
            Regex
                .Matches(page, @"(?m)^\| `(?<option>--[a-z-]+)` \|[^|]+\|[^|]+\|$")
                .Select(match => match.Groups["option"].Value)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Options_ForEachBehavior_AreSet()
    {
        using Process process = Start(
            "--port",
            "0",
            "--links-missing-for",
            "forever",
            "--refreshed-links",
            "rejected",
            "--refreshed-links-for=90",
            "--row-count",
            "data-and-header",
            "--row-count-offset",
            "-2",
            "--omitted-columns",
            "memberIdentityKey,seatId",
            "--header-spelling",
            "snake-case",
            "--delimiter",
            ";",
            "--link-host",
            "media.licdn.com",
            "--redirect-host",
            "files.example.net",
            "--download-token",
            "ignored",
            "--analytics-job-id",
            "rest-li-id-header",
            "--next-export-start-at",
            "after-end",
            "--api-version",
            "v2-sunset",
            "--active-api-versions",
            "202603,202604",
            "--tunnel-status",
            "405",
            "--answered-organization",
            "1000",
            "--retention-time",
            "2.5"
        );
        try
        {
            const string listening = "Now listening on: ";
            string? line;
            while (
                (line = await process.StandardOutput.ReadLineAsync()) is not null
                && !line.StartsWith(listening, StringComparison.Ordinal)
            ) { }

            using var client = new HttpClient();
            string json = await client.GetStringAsync(new Uri($"{line![listening.Length..]}/emulator/behavior"));
            Assert.Equal(
                """{"linksMissingFor":"forever","refreshedLinks":"rejected","refreshedLinksFor":90,"rowCount":"dataAndHeader","rowCountOffset":-2,"omittedColumns":["memberIdentityKey","seatId"],"headerSpelling":"snakeCase","delimiter":";","linkHost":"media.licdn.com","redirectHost":"files.example.net","downloadToken":"ignored","analyticsJobId":"restLiIdHeader","nextExportStartAt":"afterEnd","apiVersion":"v2Sunset","activeApiVersions":["202603","202604"],"tunnelStatus":405,"answeredOrganization":1000,"retentionTime":2.5}""",
                JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement)
            );
        }
        finally
        {
            process.Kill();
        }
    }

    [Theory]
    [InlineData("--links-missing-for", "soon")]
    [InlineData("--tunnel-status", "200")]
    [InlineData("--row-count", "everything")]
    [InlineData("--delimiter", "\"")]
    [InlineData("--no-such-option", "1")]
    public async Task Option_ThatIsNotUnderstood_IsNamed(string option, string value)
    {
        using Process process = Start("--port", "0", option, value);
        Assert.Contains(option, await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        await process.WaitForExitAsync();
        Assert.Equal(2, process.ExitCode);
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(EmulatorBehavior).Assembly.Location);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static string Option(string property)
    {
        var name = new StringBuilder("-");
        foreach (char c in property)
            name.Append(char.IsAsciiLetterUpper(c) ? "-" : "").Append(char.ToLowerInvariant(c));
        return name.ToString();
    }
}
