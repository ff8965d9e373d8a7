using System.Globalization;
using System.Net;
using System.Text;

namespace LinkedInExports.Emulator.Conformance;

/// <summary>Writes a report as a web page without scripts.</summary>
internal static class ConformancePage
{
    private const string Style = """
        :root { color-scheme: light dark; --back: #fff; --text: #1d1d1f; --link: #0b57c9; --ok: #17692f; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) {
          :root { --back: #1b1b1d; --text: #eee; --link: #8ab4ff; --ok: #7fd896; --bad: #ff9d94; }
        }
        html { background: var(--back); color: var(--text); }
        body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
        a { color: var(--link); }
        h1 { font-size: 1.5rem; } .score { font-size: 2.5rem; font-weight: 600; margin: 0; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid #8884; }
        td { overflow-wrap: anywhere; } td:nth-child(2) { width: 100%; }
        code { font-size: .85em; }
        .followed { color: var(--ok); } .violated { color: var(--bad); } td:first-child { white-space: nowrap; font-weight: 600; }
        ul { margin: .3rem 0 0; padding-left: 1.1rem; }
        """;

    public static string Create(ConformanceReport report)
    {
        var html = new StringBuilder();
        html.Append(
            CultureInfo.InvariantCulture,
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Conformance with LinkedIn's documentation</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>Conformance with LinkedIn's documentation</h1>
            <p class="score">{(report.Score is { } score ? $"{score} %" : "No requests yet")}</p>
            <p>{report.Followed} of {report.Applied} rules were followed in {report.Exchanges} requests.
            The same report as <a href="/emulator/conformance">JSON</a>.</p>
            <table>
            <thead><tr><th scope="col">Result</th><th scope="col">Rule and requests</th><th scope="col">Requests</th></tr></thead>
            <tbody>

            """
        );
        foreach (RuleResult rule in report.Rules.OrderByDescending(rule => rule.Result))
            Append(html, rule);
        return html.Append("</tbody>\n</table>\n</main>\n</body>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder html, RuleResult rule)
    {
        (string name, string label) = rule.Result switch
        {
            RuleOutcome.Followed => ("followed", "Followed"),
            RuleOutcome.Violated => ("violated", "Violated"),
            _ => ("none", "Not used"),
        };
        string count = rule.Result switch
        {
            RuleOutcome.Violated => $"{rule.Violated} of {rule.Applied}",
            RuleOutcome.Followed => $"{rule.Applied}",
            _ => "",
        };
        html.Append(
            CultureInfo.InvariantCulture,
            $"<tr><td class=\"{name}\">{label}</td><td>{Encode(rule.Title)} <a href=\"{Encode(rule.Document.AbsoluteUri)}\" "
                + $"aria-label=\"Document about {rule.Id}\">Document</a>"
        );
        if (rule.Exchanges.Count > 0)
        {
            html.Append("<ul>");
            foreach (RuleExchange exchange in rule.Exchanges)
            {
                string problem = exchange.Problem.Length == 0 ? "" : $": {Encode(exchange.Problem)}";
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<li><code>{Encode(exchange.Request)}</code> {exchange.Status}{problem}</li>"
                );
            }

            html.Append("</ul>");
        }

        html.Append(CultureInfo.InvariantCulture, $"</td><td>{count}</td></tr>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
