using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using LinkedInExports.Text;

namespace LinkedInExports.Infrastructure;

/// <summary>Reads and writes secrets with the module Microsoft.PowerShell.SecretManagement.</summary>
/// <param name="command">The command that uses the vault, on the thread of its pipeline.</param>
/// <param name="vault">The name of the vault, or null for the default vault of the user.</param>
internal sealed class SecretVault(PSCmdlet command, string? vault)
{
    private const string Read = "param($name, $vault) Get-Secret -Name $name @vault -ErrorAction Stop";
    private const string Write = "param($name, $vault, $secret) Set-Secret -Name $name -Secret $secret @vault -ErrorAction Stop";

    private readonly Hashtable _vault = vault is null ? [] : new Hashtable { ["Vault"] = vault };

    /// <summary>Gets a secret.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.VaultFailed"/>.</exception>
    internal object? Get(string name) => Run("Get-Secret", $"read {name}", Read, name, _vault).FirstOrDefault()?.BaseObject;

    /// <summary>Creates or replaces a secret.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.VaultFailed"/>.</exception>
    internal void Set(string name, Hashtable secret) => Run("Set-Secret", $"store {name}", Write, name, _vault, secret);

    private Collection<PSObject> Run(string name, SanitizedText operation, string script, params object[] arguments)
    {
        if (command.InvokeCommand.GetCommand(name, CommandTypes.Cmdlet | CommandTypes.Function) is null)
        {
            throw new LinkedInException(LinkedInErrorId.VaultFailed, $"Could not {operation}: the command {name} was not found.");
        }

        try
        {
            return command.InvokeCommand.NewScriptBlock(script).Invoke(arguments);
        }
        catch (RuntimeException exception)
        {
            throw new LinkedInException(LinkedInErrorId.VaultFailed, $"Could not {operation}: {exception.Message}", exception);
        }
    }
}
