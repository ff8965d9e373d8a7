using FsCheck;
using FsCheck.Fluent;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>Generates random scenarios: one to three changes of one or more responses of an endpoint.</summary>
internal static class Scenarios
{
    private static readonly Gen<double> Fraction = Gen.Choose(0, 1000).Select(thousandths => thousandths / 1000.0);

    private static readonly Gen<int> Number = Gen.Choose(0, 60);

    private static readonly Gen<Mutation> Encodings =
        from name in Gen.Elements("gzip", "deflate", "br", "GZIP", "zstd", "compress", "identity", "x", "gzip, br", "")
        from isEncoded in Gen.Elements(true, false)
        from isTold in Gen.Elements(true, true, false)
        select (Mutation)new ChangeEncoding(name, isEncoded, isTold);

    private static readonly Gen<Mutation> Mutations = Gen.Frequency(
        (4, Gen.Elements(HostileHeaders.Statuses).Select(status => (Mutation)new ChangeStatus(status))),
        (1, Gen.Elements(HostileHeaders.Reasons).Select(reason => (Mutation)new ChangeReason(reason))),
        (
            6,
            from header in Gen.Elements(HostileHeaders.Headers)
            from value in Gen.Elements(header.Values)
            select (Mutation)new ChangeHeader(header.Name, value)
        ),
        (3, Gen.Elements(HostileBodies.Bodies).Select(body => (Mutation)new ReplaceBody(body))),
        (
            8,
            from number in Number
            from json in Gen.Elements(HostileBodies.JsonValues)
            select (Mutation)new ReplaceJsonValue(number, json)
        ),
        (
            1,
            from number in Number
            from json in Gen.Elements(HostileBodies.JsonAnswers)
            select (Mutation)new ReplaceJsonValue(number, json)
        ),
        (
            1,
            from number in Number
            from wrap in Gen.Elements(("[", "]"), ("{\"a\":", "}"), ("\"", "\""), ("[null,", "]"), ("{\"value\":", "}"))
            select (Mutation)new WrapJsonValue(number, wrap.Item1, wrap.Item2)
        ),
        (2, Number.Select(number => (Mutation)new RemoveJsonProperty(number))),
        (
            2,
            from number in Number
            from json in Gen.Elements(HostileBodies.JsonValues)
            select (Mutation)new RepeatJsonProperty(number, json)
        ),
        (
            2,
            from number in Number
            from name in Gen.Elements(HostileBodies.JsonNames)
            select (Mutation)new RenameJsonProperty(number, name)
        ),
        (
            4,
            from row in Number
            from column in Number
            from value in Gen.Elements(HostileBodies.Cells)
            select (Mutation)new ReplaceCell(row, column, value)
        ),
        (
            1,
            from column in Number
            from value in Gen.Elements(HostileBodies.Cells)
            select (Mutation)new ReplaceCell(0, column, value)
        ),
        (1, Number.Select(column => (Mutation)new RemoveColumn(column))),
        (1, Number.Select(row => (Mutation)new RemoveRow(row))),
        (1, Number.Select(row => (Mutation)new RepeatRow(row))),
        (1, Gen.Elements(";", "\t", "|", "").Select(delimiter => (Mutation)new ChangeDelimiter(delimiter))),
        (3, Fraction.Select(at => (Mutation)new CutBody(at))),
        (3, from at in Fraction from text in Gen.Elements(HostileBodies.Inserted) select (Mutation)new InsertBytes(at, text)),
        (3, from at in Fraction from bit in Gen.Choose(0, 7) select (Mutation)new FlipBits(at, (byte)(1 << bit))),
        (1, Gen.Constant((Mutation)new DoubleBody())),
        (2, Encodings),
        (
            1,
            from name in Gen.Elements("utf-16", "utf-16BE", "utf-32", "iso-8859-1", "us-ascii")
            from told in Gen.Elements(name, null, "nonsense")
            select (Mutation)new ChangeCharset(name, told)
        ),
        (3, from at in Fraction from silent in Gen.Elements(true, false) select (Mutation)new BreakBody(at, silent)),
        (1, Gen.Elements(1, 900, 4_000).Select(milliseconds => (Mutation)new TrickleBody(milliseconds))),
        (2, Gen.Elements(-1, 1, 9, 11, 3600).Select(seconds => (Mutation)new DelayResponse(seconds))),
        (3, Gen.Elements(Enum.GetValues<NetworkFailure>()).Select(trouble => (Mutation)new FailToConnect(trouble))),
        (
            3,
            from status in Gen.Elements(301, 302, 303, 307, 308)
            from location in Gen.Elements(HostileHeaders.Locations)
            select (Mutation)new RedirectTo(status, location)
        )
    );

    /// <summary>Scenarios for a pipeline that uses these endpoints.</summary>
    internal static Arbitrary<Scenario> For(params Endpoint[] endpoints)
    {
        Gen<Change> change =
            from endpoint in Gen.Frequency(
                (9, Gen.Elements(endpoints).Select(one => (Endpoint?)one)),
                (1, Gen.Constant((Endpoint?)null))
            )
            from skip in Gen.Frequency((5, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Choose(2, 5)))
            from times in Gen.Frequency(
                (3, Gen.Constant(1)),
                (1, Gen.Constant(2)),
                (1, Gen.Constant(4)),
                (3, Gen.Constant(Change.Always))
            )
            from mutation in Mutations
            select new Change(endpoint, skip, times, mutation);
        Gen<Scenario> scenario =
            from variant in Gen.Choose(0, 7)
            from count in Gen.Frequency((5, Gen.Constant(1)), (3, Gen.Constant(2)), (1, Gen.Constant(3)))
            from changes in change.ArrayOf(count)
            select new Scenario(variant, changes);
        return Arb.From(scenario, Shrink);
    }

    /// <summary>Simpler scenarios: one change less, fewer responses, the first variant.</summary>
    private static IEnumerable<Scenario> Shrink(Scenario scenario)
    {
        for (int index = 0; scenario.Changes.Length > 1 && index < scenario.Changes.Length; index++)
        {
            yield return scenario with
            {
                Changes = [.. scenario.Changes.Where((_, other) => other != index)],
            };
        }

        if (scenario.Variant != 0)
        {
            yield return scenario with
            {
                Variant = 0,
            };
        }

        for (int index = 0; index < scenario.Changes.Length; index++)
        {
            Change change = scenario.Changes[index];
            if (change.Times != 1)
                yield return With(scenario, index, change with { Times = 1 });
            if (change.Skip > 0)
                yield return With(scenario, index, change with { Skip = 0 });
        }
    }

    private static Scenario With(Scenario scenario, int index, Change change)
    {
        Change[] changes = [.. scenario.Changes];
        changes[index] = change;
        return scenario with { Changes = changes };
    }
}
