namespace Janus.Tests.Configuration;

/// <summary>A variable that no options class is bound to.</summary>
internal sealed record OtherSetting(string Variable, string Default, string Allowed, string ReadBy, string Purpose)
{
    private const string All = "all services";
    private const string Hosts = "both hosts";

    /// <summary>Those of the services.</summary>
    public static IReadOnlyList<OtherSetting> OfServices { get; } =
    [
        new("ConnectionStrings__janus", "`janus.db` in the data directory", "a connection string of SQLite, or of PostgreSQL where `Janus__Database` says so", "apiservice, contentworker", "The database."),
        new("services__apiservice__http__0", "none", "an http address", "web", "Where the pages find the API. The hosts set it."),
        new("Janus__OperatorKey", "none", "any text", "apiservice", "The key of the operator's commands; without one the API has no such commands. The hosts make a new one at every start."),
        new("Janus__TracesUrl", "none", "an absolute http or https address; anything else is as none", "apiservice", "Where traces can be looked at; the pages link their trace ids to it. The AppHost sets it."),
        new("Janus__Faults", "none", "faults such as `claim.after_commit=kill; call.after=throw x3`; refused outside Development", "apiservice, contentworker", "Makes the process pause, fail or die at named places, for tests."),
        new("ASPNETCORE_URLS", "http://localhost:5000", "addresses, set apart by semicolons", All, "Where the service listens. The hosts set it."),
        new("ASPNETCORE_HTTP_PORTS", "none; 8080 in an image", "numbers, set apart by semicolons", All, "Ports on every address, where `ASPNETCORE_URLS` names none."),
        new("ASPNETCORE_HTTPS_PORTS", "none", "numbers, set apart by semicolons", All, "The same for https, which needs a certificate."),
        new("ASPNETCORE_ENVIRONMENT", "Production; Development under a host", "Development, Staging or Production", All, "The environment. In Development faults may be armed."),
        new("DOTNET_ENVIRONMENT", "Production; Development under a host", "as `ASPNETCORE_ENVIRONMENT`", All, "The same, where `ASPNETCORE_ENVIRONMENT` says nothing; the developer's commands know this one alone."),
        new("OTEL_EXPORTER_OTLP_ENDPOINT", "none", "an http or https address", All, "Where traces, metrics and logs go; without an endpoint nothing is recorded. The AppHost and `--traces` set it."),
        new("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "none", "an http or https address", All, "Where traces go, if elsewhere."),
        new("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "none", "an http or https address", All, "Where metrics go, if elsewhere."),
        new("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "none", "an http or https address", All, "Where logs go, if elsewhere."),
        new("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "`grpc` or `http/protobuf`", All, "How telemetry travels."),
        new("OTEL_SERVICE_NAME", "the program's name", "any text", All, "The name under which the service's telemetry is found. The hosts set it."),
        new("OTEL_BSP_SCHEDULE_DELAY", "125", "milliseconds", All, "How long spans are gathered before they go: a killed process takes those with it that have not."),
        new("OTEL_BLRP_SCHEDULE_DELAY", "1000", "milliseconds", All, "How long log lines are gathered before they go."),
        new("OTEL_METRIC_EXPORT_INTERVAL", "60000", "milliseconds", All, "How often metrics go."),
        new("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "512; 16 when prompts and answers leave with traces", "a whole number", All, "Spans in one request."),
        new("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "false; the AppHost turns it on in Development", "`true`; anything else is false", "apiservice, contentworker", "Lets prompts and answers leave with traces; pictures never do."),
    ];

    /// <summary>Those of the hosts and of the developer's commands.</summary>
    public static IReadOnlyList<OtherSetting> OfHosts { get; } =
    [
        new("JANUS_DATA", "`.janus` beside the solution", "a folder; a relative path starts at the solution", Hosts, "The data directory: database, pictures, backups and keys."),
        new("JANUS_POSTGRES", "none: SQLite", "a connection string of PostgreSQL", $"{Hosts}, `move`", "A PostgreSQL server that is there ([more](postgresql.md))."),
        new("JANUS_DATABASE", "sqlite; postgres where `JANUS_POSTGRES` names a server", "`sqlite` or `postgres`", Hosts, "`postgres` without a server: the AppHost starts one in a container. What it publishes is on PostgreSQL whatever this says."),
        new("JANUS_WORKER_REPLICAS", "1", "1 to 64", Hosts, "How many workers run."),
        new("JANUS_API_REPLICAS", "1", "1 to 64", "AppHost", "How many APIs answer behind one address; plain processes have no proxy for it."),
        new("JANUS_WEB_PORT", "5080, or a free one when that is taken", "0 to 65535; 0 takes any free one", Hosts, "The port of the pages."),
        new("JANUS_API_PORT", "5180, or a free one when that is taken", "0 to 65535; 0 takes any free one", Hosts, "The port of the API."),
        new("JANUS_API", "what a running host has written into the data directory", "an http address", "the developer's commands", "Where the API is."),
        new("JANUS_OPERATOR_KEY", "what a running host has written into the data directory", "any text", "`operator`", "The operator's key."),
    ];
}
