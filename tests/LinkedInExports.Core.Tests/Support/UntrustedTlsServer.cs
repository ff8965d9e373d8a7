using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LinkedInExports.Core.Tests.Support;

/// <summary>An HTTPS server on loopback whose certificate no client trusts.</summary>
internal sealed class UntrustedTlsServer : IAsyncDisposable
{
    private readonly RawServer _server;
    private readonly X509Certificate2 _certificate;

    private UntrustedTlsServer(RawServer server, X509Certificate2 certificate)
    {
        _server = server;
        _certificate = certificate;
    }

    /// <summary>The address, <c>https://localhost:{port}/</c>.</summary>
    internal Uri Uri => new($"https://localhost:{_server.Port}/");

    /// <summary>Connections so far: one for each attempt of a client.</summary>
    internal int Connections => _server.Connections;

    /// <summary>Requests so far. A client that checks the certificate sends none.</summary>
    internal int Requests => _server.Requests.Count;

    /// <summary>Starts a server that answers every request with 200.</summary>
    /// <param name="name">The name in the certificate. If it isn't localhost, the certificate is for another
    /// server.</param>
    /// <param name="isExpired">Whether the certificate has expired.</param>
    internal static UntrustedTlsServer Start(string name = "localhost", bool isExpired = false)
    {
        X509Certificate2 certificate = CreateCertificate(name, isExpired);
        RawServer server = RawServer.Start(
            exchange => exchange.SendAsync(RawServer.Response(200, "{}", "Content-Type: application/json")),
            async (stream, cancellationToken) =>
            {
                var secured = new SslStream(stream, leaveInnerStreamOpen: false);
                await secured.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = certificate },
                    cancellationToken
                );
                return secured;
            }
        );
        return new UntrustedTlsServer(server, certificate);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
    }

    private static X509Certificate2 CreateCertificate(string name, bool isExpired)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset end = DateTimeOffset.UtcNow.AddDays(isExpired ? -1 : 1);
        using X509Certificate2 ephemeral = request.CreateSelfSigned(end.AddDays(-2), end);

        // Windows requires a PFX with the key for a server.
        byte[] pfx = ephemeral.Export(X509ContentType.Pfx);
#if NET9_0_OR_GREATER
        return X509CertificateLoader.LoadPkcs12(pfx, password: null);
#else
        return new X509Certificate2(pfx);
#endif
    }
}
