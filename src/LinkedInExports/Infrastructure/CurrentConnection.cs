using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace LinkedInExports.Infrastructure;

/// <summary>
/// The connection of each runspace. Runspaces do not share it, because parallel runspaces may use different accounts.
/// </summary>
internal static class CurrentConnection
{
    private static readonly ConditionalWeakTable<Runspace, Entry> Entries = new();

    /// <summary>
    /// Gets the connection that was created from the environment variables, unless they have changed.
    /// </summary>
    internal static LinkedInConnection GetFromEnvironment()
    {
        Entry entry = Entries.GetOrCreateValue(Runspace.DefaultRunspace);
        string environment = ConnectionFactory.EnvironmentHash;
        if (entry.Connection is null || entry.Environment != environment)
        {
            entry.Connection = ConnectionFactory.FromEnvironment(new ConnectionFactory());
            entry.Environment = environment;
        }

        return entry.Connection;
    }

    /// <summary>Whether the user created the current connection.</summary>
    internal static bool IsExplicit =>
        Entries.TryGetValue(Runspace.DefaultRunspace, out Entry? entry) && entry is { Connection: not null, Environment: null };

    /// <summary>The connection of the runspace that runs on this thread, or null.</summary>
    internal static LinkedInConnection? Current
    {
        get => Entries.TryGetValue(Runspace.DefaultRunspace, out Entry? entry) ? entry.Connection : null;
        set
        {
            Entry entry = Entries.GetOrCreateValue(Runspace.DefaultRunspace);
            entry.Connection = value;
            entry.Environment = null;
        }
    }

    private sealed class Entry
    {
        internal LinkedInConnection? Connection { get; set; }

        /// <summary>
        /// The hash of the environment variables from which the connection was created, or null if the user created it.
        /// </summary>
        internal string? Environment { get; set; }
    }
}
