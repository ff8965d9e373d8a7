using System.Collections;
using System.Management.Automation;
using System.Runtime.InteropServices;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Errors;

namespace LinkedInExports.Infrastructure;

/// <summary>
/// Records a command and its errors for the incidents of a connection. If the connection has a folder for incidents, a file is
/// written at the first error, and again when the command ends, with the exchanges after the error.
/// </summary>
internal sealed class CommandIncident : IDisposable
{
    private readonly IncidentRecorder _recorder;
    private readonly PSCmdlet _command;
    private readonly IncidentVersions _versions;
    private string? _path;

    /// <summary>The first error of the command. Other commands of the pipeline may have newer ones.</summary>
    private IncidentError? _error;

    internal CommandIncident(PSCmdlet command, IncidentRecorder recorder)
    {
        _command = command;
        _recorder = recorder;
        _versions = GetVersions(command);
        recorder.AddCommand(command.MyInvocation.MyCommand.Name, command.MyInvocation.BoundParameters.Keys);
    }

    internal static IncidentVersions GetVersions(PSCmdlet command)
    {
        object? version = (command.SessionState.PSVariable.GetValue("PSVersionTable") as IDictionary)?["PSVersion"];
        return new IncidentVersions(
            typeof(CommandIncident).Assembly.GetName().Version!.ToString(3),
            $"{version} on {RuntimeInformation.FrameworkDescription}",
            RuntimeInformation.OSDescription
        );
    }

    /// <summary>Records an error that the command writes.</summary>
    internal void AddError(LinkedInException failure)
    {
        string name = _command.MyInvocation.MyCommand.Name;
        var error = IncidentError.Create(failure, failure.ToRecord().CategoryInfo.Category.ToString(), name);
        _recorder.AddError(error);
        _error ??= error;
        if (_recorder.Folder is null || _path is not null)
            return;
        try
        {
            _path = _recorder.SaveToFolder(_error, _versions);
            Warn($"The incident is recorded in {_path}.");
        }
        catch (LinkedInException unwritten)
        {
            Warn($"The incident could not be recorded. {unwritten.Message}");
        }
    }

    public void Dispose()
    {
        if (_path is null || _error is null)
            return;
        try
        {
            _recorder.Save(_path, _error, _versions);
        }
        catch (LinkedInException)
        {
            // The file of the first error remains.
        }
    }

    /// <summary>Writes a warning, unless it would end the command before its error is written.</summary>
    private void Warn(string message)
    {
        object? action = _command.MyInvocation.BoundParameters.TryGetValue("WarningAction", out object? bound)
            ? bound
            : _command.GetVariableValue("WarningPreference");
        if (LanguagePrimitives.TryConvertTo(action, out ActionPreference preference) && preference == ActionPreference.Stop)
            _command.WriteVerbose(message);
        else
            _command.WriteWarning(message);
    }
}
