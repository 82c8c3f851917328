namespace Janus;

/// <summary>
/// The names, ports and variables of a running Janus, written once and linked into both hosts:
/// the Aspire AppHost and Janus.LocalHost start the same services with the same environment.
/// </summary>
internal static class Topology
{
    /// <summary>The API: plans, reads, decides, listens.</summary>
    public const string Api = "apiservice";

    /// <summary>The worker that runs generation steps.</summary>
    public const string Worker = "contentworker";

    /// <summary>The marketer's pages.</summary>
    public const string Web = "web";

    /// <summary>The one-shot migration that every service waits for: the API's program with <see cref="MigrateArgument"/>.</summary>
    public const string Migrations = "migrations";

    /// <summary>The trace report, which takes the place of a dashboard where there is none.</summary>
    public const string Traces = "traces";

    /// <summary>The argument that makes the API's program migrate the database and end.</summary>
    public const string MigrateArgument = "migrate";

    /// <summary>The argument that makes each service's program ask the one that runs beside it whether it is ready for work, say so, and end.</summary>
    public const string HealthArgument = "health";

    /// <summary>The connection string's name: <c>ConnectionStrings__janus</c>.</summary>
    public const string Database = "janus";

    /// <summary>The path that answers 200 when a service is ready for work.</summary>
    public const string HealthPath = "/health";

    /// <summary>The path of the API's reference, an OpenAPI document.</summary>
    public const string ReferencePath = "/openapi/v1.json";

    /// <summary>The path of the status page.</summary>
    public const string StatusPath = "/status";

    /// <summary>The only kind of endpoint that services have.</summary>
    public const string Endpoint = "http";

    /// <summary>The secret parameter that holds the Gemini key; without one the sample studio works.</summary>
    public const string GeminiKeyParameter = "gemini-api-key";

    /// <summary>The parameter that names the text model.</summary>
    public const string TextModelParameter = "gemini-text-model";

    /// <summary>The parameter that names the picture model.</summary>
    public const string ImageModelParameter = "gemini-image-model";

    /// <summary>The text model used unless the parameter says otherwise.</summary>
    public const string DefaultTextModel = "gemini-3.5-flash";

    /// <summary>The picture model used unless the parameter says otherwise.</summary>
    public const string DefaultImageModel = "gemini-3.1-flash-image";

    /// <summary>The folder beside the solution that holds database, media, backups and keys.</summary>
    public const string DataFolder = ".janus";

    /// <summary>The database's file name inside the data directory.</summary>
    public const string DatabaseFile = "janus.db";

    /// <summary>The variable that names another data directory; a relative path starts at the solution.</summary>
    public const string DataVariable = "JANUS_DATA";

    /// <summary>The variable that chooses PostgreSQL: the connection string of a server that is there.</summary>
    public const string PostgresVariable = "JANUS_POSTGRES";

    /// <summary>The variable that chooses the database: <see cref="Postgres"/> without a server that is there means one in a container, which Aspire alone starts.</summary>
    public const string DatabaseVariable = "JANUS_DATABASE";

    /// <summary>The PostgreSQL server in a container.</summary>
    public const string PostgresServer = "postgres-server";

    /// <summary>Its major version, as the tag of its image.</summary>
    public const string PostgresTag = "18";

    /// <summary>What <see cref="Variables.Database"/> says for PostgreSQL.</summary>
    public const string Postgres = "postgres";

    /// <summary>What it says for the file in the data directory.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>The secret parameter that holds the server's connection string, password included.</summary>
    public const string PostgresParameter = "postgres-connection";

    /// <summary>The secret parameter that holds what the pages show to the API; there is one only where people sign in.</summary>
    public const string ServiceKeyParameter = "service-key";

    /// <summary>What <see cref="Variables.SignIn"/> says where people sign in.</summary>
    public const string Accounts = "accounts";

    /// <summary>The variable that says how many workers a host starts.</summary>
    public const string WorkersVariable = "JANUS_WORKER_REPLICAS";

    /// <summary>The variable that says how many APIs answer behind one address, which needs Aspire's proxy.</summary>
    public const string ApisVariable = "JANUS_API_REPLICAS";

    /// <summary>Ports that a person may rely on; another free one is taken when the port is in use.</summary>
    public static class Ports
    {
        /// <summary>Where the pages are.</summary>
        public const int Web = 5080;

        /// <summary>Where the API is.</summary>
        public const int Api = 5180;

        /// <summary>Where telemetry is received over gRPC.</summary>
        public const int TelemetryGrpc = 4317;

        /// <summary>Where telemetry is received over HTTP.</summary>
        public const int TelemetryHttp = 4318;

        /// <summary>The variable that moves the pages to another port; 0 means any free one.</summary>
        public const string WebVariable = "JANUS_WEB_PORT";

        /// <summary>The variable that moves the API to another port; 0 means any free one.</summary>
        public const string ApiVariable = "JANUS_API_PORT";
    }

    /// <summary>What is published as containers.</summary>
    public static class Containers
    {
        /// <summary>The environment that the services are published to.</summary>
        public const string Environment = "compose";

        /// <summary>The name before that of every container, network and volume, wherever the file lies.</summary>
        public const string Project = "janus";

        /// <summary>Where every service listens inside its container.</summary>
        public const int Port = 8080;

        /// <summary>The user of the images, who has no rights.</summary>
        public const string User = "1654";

        /// <summary>The data directory inside a container: that user's home, the only folder of the base that the user may write, so that a volume there may be written too.</summary>
        public const string DataDirectory = "/home/app";

        /// <summary>Where an image has its program.</summary>
        public const string ProgramFolder = "/app";

        /// <summary>The API's image.</summary>
        public const string ApiImage = "janus-api";

        /// <summary>The worker's image.</summary>
        public const string WorkerImage = "janus-worker";

        /// <summary>The pages' image.</summary>
        public const string WebImage = "janus-web";

        /// <summary>The volume of the data directory.</summary>
        public const string DataVolume = "janus-data";

        /// <summary>The volume of the PostgreSQL server.</summary>
        public const string PostgresVolume = "postgres-data";

        /// <summary>The user of PostgreSQL's image.</summary>
        public const string PostgresUser = "postgres";

        /// <summary>The variable by which that image makes a database when its volume is empty.</summary>
        public const string PostgresDatabaseVariable = "POSTGRES_DB";

        /// <summary>The variable that holds its password.</summary>
        public const string PostgresPasswordVariable = "POSTGRES_PASSWORD";
    }

    /// <summary>What the operator's buttons send to the API.</summary>
    public static class Operator
    {
        /// <summary>The header that carries the key.</summary>
        public const string KeyHeader = "X-Janus-Operator-Key";

        /// <summary>Plans a campaign.</summary>
        public const string SampleCampaignPath = "/operator/sample-campaign";

        /// <summary>Holds the database's write lock for ten seconds.</summary>
        public const string HoldLockPath = "/operator/hold-lock";

        /// <summary>Pauses every campaign.</summary>
        public const string PausePath = "/operator/pause";

        /// <summary>Lets those go on that were paused so.</summary>
        public const string ResumePath = "/operator/resume";

        /// <summary>Asks again for what failed.</summary>
        public const string RetryPath = "/operator/retry";

        /// <summary>Backs up the database and its pictures.</summary>
        public const string BackupPath = "/operator/backup";
    }

    /// <summary>The environment variables that services read.</summary>
    public static class Variables
    {
        /// <summary>The database, for EF Core.</summary>
        public const string ConnectionString = "ConnectionStrings__janus";

        /// <summary>Which database it is: <see cref="Sqlite"/> or <see cref="Postgres"/>.</summary>
        public const string Database = "Janus__Database";

        /// <summary>The data directory.</summary>
        public const string DataDirectory = "Janus__DataDirectory";

        /// <summary>Where the pages find the API.</summary>
        public const string ApiAddress = "services__apiservice__http__0";

        /// <summary>Where a service listens.</summary>
        public const string Urls = "ASPNETCORE_URLS";

        /// <summary>The name under which a service's telemetry is found.</summary>
        public const string TelemetryName = "OTEL_SERVICE_NAME";

        /// <summary>Where telemetry goes.</summary>
        public const string TelemetryEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

        /// <summary>How it goes there: <c>grpc</c> or <c>http/protobuf</c>.</summary>
        public const string TelemetryProtocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

        /// <summary>How long spans are gathered before they go, in milliseconds.</summary>
        public const string SpanDelay = "OTEL_BSP_SCHEDULE_DELAY";

        /// <summary>How long log lines are gathered before they go, in milliseconds.</summary>
        public const string LogDelay = "OTEL_BLRP_SCHEDULE_DELAY";

        /// <summary>How often metrics go, in milliseconds.</summary>
        public const string MetricInterval = "OTEL_METRIC_EXPORT_INTERVAL";

        /// <summary><c>true</c> tells a service to read its standard input and to stop when it ends, as it does when the host dies.</summary>
        public const string StopWithParent = "Janus__StopWithParent";

        /// <summary>Who gets in: <see cref="Accounts"/> where people sign in.</summary>
        public const string SignIn = "Janus__Access__SignIn";

        /// <summary>What the pages show to the API, the same for both.</summary>
        public const string ServiceKey = "Janus__Access__ServiceKey";

        /// <summary>The Gemini key; empty means the sample studio.</summary>
        public const string GeminiKey = "Gemini__ApiKey";

        /// <summary>The text model.</summary>
        public const string TextModel = "Gemini__TextModel";

        /// <summary>The picture model.</summary>
        public const string ImageModel = "Gemini__ImageModel";

        /// <summary><c>true</c> lets prompts and answers leave with traces.</summary>
        public const string CaptureContent = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

        /// <summary>Among how many workers Gemini's limits are divided.</summary>
        public const string LimitReplicas = "Gemini__Limits__Replicas";

        /// <summary>The key that the operator's commands need, new at every start; without one the API has no such commands.</summary>
        public const string OperatorKey = "Janus__OperatorKey";

        /// <summary>Where traces can be looked at; pages link their trace ids to it.</summary>
        public const string TracesUrl = "Janus__TracesUrl";
    }
}
