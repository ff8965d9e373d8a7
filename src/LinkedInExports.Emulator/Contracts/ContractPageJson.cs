using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Contracts;

/// <summary>Writes the JSON of a page of contracts.</summary>
internal static class ContractPageJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(ContractPage page, string prefix, EmulatorOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteStartArray("elements");
            foreach (EmulatedContract contract in page.Contracts)
                Write(json, contract, options);
            json.WriteEndArray();
            if (options.ContractPaging != ContractPaging.None)
                WritePaging(json, page, prefix, options);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, EmulatedContract contract, EmulatorOptions options)
    {
        json.WriteStartObject();
        json.WriteString("contract", EmulatedContractUrn.Format(contract.Id));
        json.WriteString("name", contract.Name);
        if (contract.Description is not null)
            json.WriteString("description", contract.Description);
        json.WriteBoolean("hasReportingAccess", contract.HasReportingAccess);
        if (options.UnknownFields)
            UndocumentedField.Write(json);
        json.WriteEndObject();
    }

    private static void WritePaging(Utf8JsonWriter json, ContractPage page, string prefix, EmulatorOptions options)
    {
        json.WriteStartObject("paging");
        json.WriteNumber("start", page.Start);
        json.WriteNumber("count", page.Count);
        if (options.ContractTotal)
            json.WriteNumber("total", options.Contracts.Count);
        if (options.ContractPaging != ContractPaging.NoLinks)
            WriteLinks(json, page, prefix);
        json.WriteEndObject();
    }

    private static void WriteLinks(Utf8JsonWriter json, ContractPage page, string prefix)
    {
        json.WriteStartArray("links");
        if (page.Next is { } start)
        {
            json.WriteStartObject();
            json.WriteString("rel", "next");
            json.WriteString("href", ContractsEndpoint.CreatePageAddress(prefix, start, page.Count));
            json.WriteString("type", "application/json");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
