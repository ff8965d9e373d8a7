namespace LinkedInExports.HelpBuilder.Metadata;

/// <summary>Formats the syntax of a parameter set in PowerShell's order and notation.</summary>
internal static class Syntax
{
    private const int Width = 100;

    /// <summary>Orders the parameters of a set: by position, then mandatory parameters, then the others.</summary>
    internal static IReadOnlyList<CmdletParameter> Order(Cmdlet command, string set)
    {
        CmdletParameter[] members =
        [
            .. CmdletParameter.GetAll(command).Where(parameter => parameter.InParameterSet(set) is not null),
        ];
        return
        [
            .. members
                .Where(parameter => parameter.InParameterSet(set)!.Position is not null)
                .OrderBy(parameter => parameter.InParameterSet(set)!.Position),
            .. members.Where(parameter => parameter.InParameterSet(set) is { Position: null, IsMandatory: true }),
            .. members.Where(parameter => parameter.InParameterSet(set) is { Position: null, IsMandatory: false }),
        ];
    }

    /// <summary>Formats the syntax, and wraps long lines.</summary>
    internal static string Format(Cmdlet command, string set)
    {
        string[] words =
        [
            command.Name,
            .. Order(command, set).Select(parameter => FormatParameter(parameter, parameter.InParameterSet(set)!)),
            "[<CommonParameters>]",
        ];
        var lines = new List<string> { words[0] };
        foreach (string word in words.Skip(1))
        {
            if (lines[^1].Length + 1 + word.Length > Width)
                lines.Add(" " + word);
            else
                lines[^1] += " " + word;
        }

        return string.Join("\n", lines);
    }

    private static string FormatParameter(CmdletParameter parameter, CmdletParameter.InSet set) =>
        parameter.IsSwitch
            ? set.IsMandatory
                ? $"-{parameter.Name}"
                : $"[-{parameter.Name}]"
            : (set.IsMandatory, set.Position is not null) switch
            {
                (true, true) => $"[-{parameter.Name}] <{parameter.ShortType}>",
                (true, false) => $"-{parameter.Name} <{parameter.ShortType}>",
                (false, true) => $"[[-{parameter.Name}] <{parameter.ShortType}>]",
                (false, false) => $"[-{parameter.Name} <{parameter.ShortType}>]",
            };
}
