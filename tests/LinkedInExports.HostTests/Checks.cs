namespace LinkedInExports.HostTests;

/// <summary>Runs checks and counts their results.</summary>
internal sealed class Checks
{
    internal int Passed { get; private set; }

    internal int Failed { get; private set; }

    internal void Run(string name, Action check)
    {
        try
        {
            check();
            Passed++;
            Console.WriteLine($"ok    {name}");
        }
        catch (Exception exception)
        {
            Failed++;
            Console.WriteLine($"FAIL  {name}: {exception}");
        }
    }

    internal static void AreEqual<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvalidOperationException($"Expected {expected}, but was {actual}.");
    }

    internal static TException Throws<TException>(Action action)
        where TException : Exception
    {
        try
        {
            action();
        }
        catch (TException exception)
        {
            return exception;
        }

        throw new InvalidOperationException($"Expected {typeof(TException).Name}, but nothing was thrown.");
    }
}
