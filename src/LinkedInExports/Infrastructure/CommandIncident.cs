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
        _recorder.AddError(IncidentError.Create(failure, failure.ToRecord().CategoryInfo.Category.ToString(), name));
        if (_recorder.Folder is null || _path is not null)
            return;
        try
        {
            _path = _recorder.SaveToFolder(name, failure.Id, _versions);
            _command.WriteWarning($"The incident is recorded in {_path}.");
        }
        catch (LinkedInException unwritten)
        {
            _command.WriteWarning($"The incident could not be recorded. {unwritten.Message}");
        }
    }

    public void Dispose()
    {
        if (_path is null)
            return;
        try
        {
            _recorder.Save(_path, _versions);
        }
        catch (LinkedInException)
        {
            // The file of the first error remains.
        }
    }
}
