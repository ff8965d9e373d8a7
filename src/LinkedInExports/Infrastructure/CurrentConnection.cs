using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace LinkedInExports.Infrastructure;

/// <summary>
/// The connection of each runspace. Runspaces do not see each other's: what runs in parallel with different accounts must
/// not mix them up.
/// </summary>
internal static class CurrentConnection
{
    private static readonly ConditionalWeakTable<Runspace, Entry> Entries = new();

    /// <summary>
    /// Gets the connection that was created from the environment variables, unless they have changed.
    /// </summary>
    internal static LinkedInConnection GetFromEnvironment()
    {
        Entry slot = Entries.GetOrCreateValue(Runspace.DefaultRunspace);
        string environment = ConnectionFactory.EnvironmentHash;
        if (slot.Connection is null || slot.Environment != environment)
        {
            slot.Connection = ConnectionFactory.FromEnvironment(new ConnectionFactory());
            slot.Environment = environment;
        }

        return slot.Connection;
    }

    /// <summary>Whether the user created the current connection.</summary>
    internal static bool IsExplicit =>
        Entries.TryGetValue(Runspace.DefaultRunspace, out Entry? slot) && slot is { Connection: not null, Environment: null };

    /// <summary>The connection of the runspace that runs on this thread, or null.</summary>
    internal static LinkedInConnection? Current
    {
        get => Entries.TryGetValue(Runspace.DefaultRunspace, out Entry? slot) ? slot.Connection : null;
        set
        {
            Entry slot = Entries.GetOrCreateValue(Runspace.DefaultRunspace);
            slot.Connection = value;
            slot.Environment = null;
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
