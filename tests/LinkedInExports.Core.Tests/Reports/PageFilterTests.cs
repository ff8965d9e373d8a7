using System.Globalization;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Reports;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Reports;

/// <summary>The filters, periods and layout of the page in a browser, compared with independent counts.</summary>
public sealed class PageFilterTests(ChromiumBrowser chromium) : IClassFixture<ChromiumBrowser>, IDisposable
{
    private const string Section = "document.getElementById('changed-company')";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task SelectBars_KeyboardAndMouse_FilterTableAndOtherCharts()
    {
        CrmRow[] rows = CreateRows(4_000, days: 300);
        await using ChromiumPage page = await OpenAsync(rows, new ReportOptions());
        Assert.Equal(Bars(rows, row => row.Owner), await BarsAsync(page, "By owner"));

        await page.EvaluateAsync($"{Section}.querySelector('button[data-key=\"owner 3\"]').focus()");
        await page.PressAsync("Enter");
        CrmRow[] ofOwner = [.. rows.Where(row => row.Owner == "owner 3")];
        Assert.Equal(Bars(ofOwner, row => DisplayType(row.Type)), await BarsAsync(page, "By type of record"));
        Assert.Equal(Bars(rows, row => row.Owner), await BarsAsync(page, "By owner"));
        Assert.Equal(
            $"1–50 of {ofOwner.Length:N0} found in 4,000",
            await page.EvaluateAsync($"{Section}.querySelector('.shown').textContent")
        );
        Assert.Equal("owner 3", await page.EvaluateAsync("document.activeElement.dataset.key"));

        await page.EvaluateAsync($"{Section}.querySelector('button[data-key=\"LEAD\"]').click()");
        CrmRow[] both = [.. ofOwner.Where(row => row.Type == "LEAD")];
        Assert.Equal(Weeks(both), await ColumnsAsync(page));
        Assert.Equal(
            "Owner: owner 3|Record type: Lead",
            (await ChipsAsync(page)).Replace("CRM r", "R", StringComparison.Ordinal)
        );

        await page.EvaluateAsync($"{Section}.querySelector('.filters li button').click()");
        Assert.Equal("CRM record type: Lead", await ChipsAsync(page));
        Assert.Equal(Weeks([.. rows.Where(row => row.Type == "LEAD")]), await ColumnsAsync(page));
        await page.EvaluateAsync($"{Section}.querySelector('.filters li button').click()");
        Assert.Equal("true", await page.EvaluateAsync($"{Section}.querySelector('.filters').hidden"));
        Assert.Equal(Weeks(rows), await ColumnsAsync(page));
        Assert.Equal(
            "Numbers of Records per week (Expired at)",
            await page.EvaluateAsync($"{Section}.querySelector('.figures .scroll').ariaLabel")
        );
        Assert.Empty(page.Problems);
    }

    [ChromiumFact]
    public async Task SearchAndList_Toolbar_FilterCharts()
    {
        CrmRow[] rows = CreateRows(2_000, days: 100);
        await using ChromiumPage page = await OpenAsync(rows, new ReportOptions());
        await page.EvaluateAsync(
            $"(box => {{ box.value = 'id-17'; box.dispatchEvent(new Event('input')); }})({Section}.querySelector('input'))"
        );
        await page.WaitAsync($"!{Section}.querySelector('.filters').hidden");
        CrmRow[] found = [.. rows.Where(row => row.Id.Contains("id-17", StringComparison.Ordinal))];
        Assert.Equal(Bars(found, row => row.Owner), await BarsAsync(page, "By owner"));

        await page.EvaluateAsync(
            $"(list => {{ list.selectedIndex = 2; list.dispatchEvent(new Event('change')); }})"
                + $"({Section}.querySelector('.toolbar select'))"
        );
        string type = await page.EvaluateAsync($"{Section}.querySelector('.toolbar select').selectedOptions[0].text");
        found = [.. found.Where(row => row.Type == type)];
        Assert.Equal(Bars(found, row => row.Owner), await BarsAsync(page, "By owner"));
        Assert.Equal(Weeks(found, allRows: rows), await ColumnsAsync(page));
        Assert.Empty(page.Problems);
    }

    [ChromiumTheory]
    [InlineData("Day")]
    [InlineData("Week")]
    [InlineData("Month")]
    public async Task SelectPeriod_Unit_CountsByThatUnit(string unit)
    {
        CrmRow[] rows = CreateRows(3_000, days: 300);
        await using ChromiumPage page = await OpenAsync(rows, new ReportOptions());
        Assert.Equal("Records per week (Expired at)", await page.EvaluateAsync($"{Section}.querySelector('h3').textContent"));
        await page.EvaluateAsync(
            $"[...{Section}.querySelectorAll('.switch button')].find(button => button.textContent === '{unit}').focus()"
        );
        await page.PressAsync("Enter");
        Assert.Equal(
            $"Records per {unit.ToLowerInvariant()} (Expired at)",
            await page.EvaluateAsync($"{Section}.querySelector('h3').textContent")
        );
        Func<DateTime, DateTime> start = unit switch
        {
            "Day" => time => time.Date,
            "Week" => WeekOf,
            _ => time => new DateTime(time.Year, time.Month, 1),
        };
        int[] expected = Counts(rows, rows, start);
        Assert.Equal(string.Join(' ', expected), await ColumnsAsync(page));

        // A column filters by its period.
        await page.EvaluateAsync($"{Section}.querySelector('.plot svg').focus()");
        await page.PressAsync("Home");
        await page.PressAsync("ArrowRight");
        await page.PressAsync("Enter");
        Assert.StartsWith(
            $"1–{Math.Min(50, expected[1])} of {expected[1]} found",
            await page.EvaluateAsync($"{Section}.querySelector('.shown').textContent"),
            StringComparison.Ordinal
        );
        Assert.Empty(page.Problems);
    }

    [ChromiumFact]
    public async Task Open_PartOfPeriod_MarksFirstAndLastColumn()
    {
        DateTime wednesday = new(2026, 1, 7, 12, 0, 0, DateTimeKind.Utc);
        CrmRow[] rows = [.. Enumerable.Range(0, 30).Select(i => new CrmRow($"id-{i}", "CONTACT", wednesday.AddDays(i), "o"))];
        await using ChromiumPage page = await OpenAsync(rows, new ReportOptions());
        Assert.Equal("2", await page.EvaluateAsync($"{Section}.querySelectorAll('.plot rect.hatch').length"));
        Assert.Equal(
            "Hatched: the week of 5 Jan 2026 and the week of 2 Feb 2026 may be incomplete. "
                + "The data is from 7 Jan 2026 to 5 Feb 2026.",
            await page.EvaluateAsync($"{Section}.querySelector('.note').textContent")
        );
    }

    [ChromiumFact]
    public async Task Search_OmittedRows_SaysThatItDoesNotCoverAllRows()
    {
        CrmRow[] rows = CreateRows(500, days: 50);
        await using ChromiumPage page = await OpenAsync(rows, new ReportOptions { MaxTableRows = 100 });
        Assert.Equal(
            "Search the newest 100 of 500 records",
            await page.EvaluateAsync($"{Section}.querySelector('input').ariaLabel")
        );
        Assert.Equal(
            "Download CSV (100 of 500 rows)",
            await page.EvaluateAsync($"{Section}.querySelector('.toolbar button').textContent")
        );
        await page.EvaluateAsync(
            $"(box => {{ box.value = 'nothing'; box.dispatchEvent(new Event('input')); }})({Section}.querySelector('input'))"
        );
        await page.WaitAsync($"{Section}.querySelector('td.none')");
        Assert.Equal(
            "No rows match the filters. Filters search only the newest 100 of 500 records.",
            await page.EvaluateAsync($"{Section}.querySelector('td.none').textContent")
        );
    }

    [ChromiumFact]
    public async Task SortByDate_LinkedInsFormat_SortsByTime()
    {
        string[] dates = ["12-31-2025", "11-22-2026", "01-05-2026"];
        string csv = _folder.Write(
            "crm.csv",
            "crmId,crmRecordType,expiredAt,createdAt,seen\n"
                + string.Concat(dates.Select((date, i) => $"{i},CONTACT,1735700000000,2,{date}\n"))
        );
        await using ChromiumPage page = await OpenAsync(csv, new ReportOptions(), width: 1000);
        const string Last =
            "[...document.querySelectorAll('#changed-company tbody tr')].map(row => row.lastChild.textContent).join(' ')";
        await page.EvaluateAsync($"{Section}.querySelector('th:last-child button').click()");
        Assert.Equal("12-31-2025 01-05-2026 11-22-2026", await page.EvaluateAsync(Last));
        await page.EvaluateAsync($"{Section}.querySelector('th:last-child button').click()");
        Assert.Equal("11-22-2026 01-05-2026 12-31-2025", await page.EvaluateAsync(Last));
    }

    [ChromiumTheory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(860)]
    [InlineData(1000)]
    public async Task Open_LongNames_FitTheWidth(int width)
    {
        CrmRow[] rows = [.. CreateRows(400, days: 200).Select(row => row with { Owner = $"{row.Owner} {new string('x', 300)}" })];
        await using ChromiumPage page = await OpenAsync(Write(rows), new ReportOptions { Title = new string('T', 200) }, width);
        await page.EvaluateAsync($"{Section}.querySelector('button.item').click()");
        Assert.Equal(
            "0",
            await page.EvaluateAsync("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        );
    }

    private static CrmRow[] CreateRows(int count, int days)
    {
        var random = new Random(3);
        DateTime start = new(2025, 3, 5, 0, 0, 0, DateTimeKind.Utc);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new CrmRow(
                    $"id-{i}",
                    random.Next(4) switch
                    {
                        0 => "LEAD",
                        1 => "ACCOUNT",
                        _ => "CONTACT",
                    },
                    start.AddSeconds(random.Next(days * 86_400)),
                    $"owner {(int)Math.Sqrt(random.Next(60))}"
                )),
        ];
    }

    private static string DisplayType(string type) => type[0] + type[1..].ToLowerInvariant();

    private static DateTime WeekOf(DateTime time) => time.Date.AddDays(-(((int)time.DayOfWeek + 6) % 7));

    private static string Bars(CrmRow[] rows, Func<CrmRow, string> name) =>
        string.Join(
            '|',
            rows.GroupBy(name)
                .Select(group => (group.Key, Count: group.Count()))
                .OrderByDescending(group => group.Count)
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} {group.Count:N0}"))
                .Order(StringComparer.Ordinal)
        );

    private static string Weeks(CrmRow[] rows, CrmRow[]? allRows = null) =>
        string.Join(' ', Counts(rows, allRows ?? CreateRows(4_000, days: 300), WeekOf));

    private static int[] Counts(CrmRow[] rows, CrmRow[] allRows, Func<DateTime, DateTime> start)
    {
        DateTime first = allRows.Min(row => row.ExpiredAt).Date;
        DateTime last = allRows.Max(row => row.ExpiredAt).Date;
        DateTime[] starts = [.. Enumerable.Range(0, (last - first).Days + 1).Select(day => start(first.AddDays(day))).Distinct()];
        return [.. starts.Select(time => rows.Count(row => start(row.ExpiredAt) == time))];
    }

    /// <summary>Gets the names and values of a chart's bars.</summary>
    private static async Task<string> BarsAsync(ChromiumPage page, string title)
    {
        string bars = await page.EvaluateAsync(
            $$"""
            [...[...{{Section}}.querySelectorAll('figure')].find(figure => figure.querySelector('h3').textContent === '{{title}}')
              .querySelectorAll('.item')].map(item => item.querySelector('bdi').textContent + ' '
                + item.querySelector('.value').textContent.split(' ')[0]).join('|')
            """
        );
        return string.Join('|', bars.Split('|').Order(StringComparer.Ordinal));
    }

    /// <summary>Gets the totals of the chart's columns from its table.</summary>
    private static Task<string> ColumnsAsync(ChromiumPage page) =>
        page.EvaluateAsync(
            $$"""
            (async () => {
              const details = {{Section}}.querySelector('.figures');
              details.open = true;
              while (!details.querySelector('tbody')) await new Promise(resolve => setTimeout(resolve, 10));
              return [...details.querySelectorAll('tbody tr')]
                .map(row => [...row.querySelectorAll('td')].reduce((sum, cell) => sum + Number(cell.textContent), 0)).join(' ');
            })()
            """
        );

    private static Task<string> ChipsAsync(ChromiumPage page) =>
        page.EvaluateAsync($"[...{Section}.querySelectorAll('.filters li bdi')].map(chip => chip.textContent).join('|')");

    private string Write(CrmRow[] rows) =>
        _folder.Write(
            "crm.csv",
            "crmId,crmRecordType,expiredAt,createdAt,Owner\n"
                + string.Concat(
                    rows.Select(row =>
                        FormattableString.Invariant(
                            $"{row.Id},{row.Type},{new DateTimeOffset(row.ExpiredAt).ToUnixTimeMilliseconds()},2,{row.Owner}\n"
                        )
                    )
                )
        );

    private Task<ChromiumPage> OpenAsync(CrmRow[] rows, ReportOptions options) => OpenAsync(Write(rows), options, width: 1000);

    private async Task<ChromiumPage> OpenAsync(string csv, ReportOptions options, int width)
    {
        var report = new ExportReport(options);
        report.AddFile(csv, new ImportOptions(), new RecordingOutput(), CancellationToken.None);
        string path = _folder.File("report.html");
        report.Save(path);
        return await chromium.OpenAsync(path, width);
    }

    private sealed record CrmRow(string Id, string Type, DateTime ExpiredAt, string Owner);
}
