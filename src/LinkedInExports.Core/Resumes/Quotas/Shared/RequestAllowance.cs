namespace LinkedInExports.Core.Resumes.Quotas.Shared;

/// <summary>The requests of a day that this process has taken and not sent yet. Used by one thread at a time.</summary>
internal sealed class RequestAllowance(ISharedQuota shared)
{
    private long _day;
    private int _left;

    /// <summary>Uses one request, and takes more if all are sent.</summary>
    /// <returns>False if all requests of the day are used.</returns>
    internal bool TryUse(long day, int limit)
    {
        if (!TryHold(day, limit, requests: 1))
            return false;
        _left--;
        return true;
    }

    /// <summary>Takes requests until this process has as many, which the other processes then cannot use.</summary>
    /// <returns>False if the others have used too many; then, none are taken.</returns>
    internal bool TryHold(long day, int limit, int requests)
    {
        if (_day != day)
            Return();
        _day = day;
        if (_left < requests)
            _left += shared.TakeRequests(day, limit, requests - _left);
        return _left >= requests;
    }

    /// <summary>Adds requests that LinkedIn may have counted, although they were not taken.</summary>
    internal void Add(long day, int requests) => shared.AddRequests(day, requests);

    /// <summary>Gets the number of requests that all processes have sent, or may send without taking more.</summary>
    internal int GetUsed(long day) => shared.GetTakenRequests(day) - (_day == day ? _left : 0);

    /// <summary>Returns the requests that were not sent, so that other processes can use them.</summary>
    internal void Return()
    {
        if (_left > 0)
            shared.AddRequests(_day, -_left);
        _left = 0;
    }
}
