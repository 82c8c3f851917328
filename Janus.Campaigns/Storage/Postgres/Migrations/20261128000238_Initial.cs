using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Janus.Campaigns.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "campaigns",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    public_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    brief = table.Column<string>(type: "text", nullable: false),
                    search_text = table.Column<string>(type: "text", nullable: false),
                    diagram = table.Column<string>(type: "text", nullable: false),
                    plan_number = table.Column<int>(type: "integer", nullable: false),
                    schedule = table.Column<string>(type: "text", nullable: true),
                    phase = table.Column<string>(type: "text", nullable: false),
                    paused = table.Column<bool>(type: "boolean", nullable: false),
                    pause_reason = table.Column<string>(type: "text", nullable: true),
                    pause_cause = table.Column<string>(type: "text", nullable: true),
                    paused_at = table.Column<long>(type: "bigint", nullable: true),
                    spent_micro_usd = table.Column<long>(type: "bigint", nullable: false),
                    cap_micro_usd = table.Column<long>(type: "bigint", nullable: true),
                    plan_model = table.Column<string>(type: "text", nullable: true),
                    plan_input_tokens = table.Column<long>(type: "bigint", nullable: false),
                    plan_output_tokens = table.Column<long>(type: "bigint", nullable: false),
                    plan_cost_micro_usd = table.Column<long>(type: "bigint", nullable: false),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    trace_parent = table.Column<string>(type: "text", nullable: true),
                    trace_state = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_campaigns", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "pictures",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false),
                    touched_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pictures", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "spending_days",
                columns: table => new
                {
                    day = table.Column<int>(type: "integer", nullable: false),
                    spent_micro_usd = table.Column<long>(type: "bigint", nullable: false),
                    cap_micro_usd = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_spending_days", x => x.day);
                });

            migrationBuilder.CreateTable(
                name: "campaign_events",
                columns: table => new
                {
                    campaign_id = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    data = table.Column<string>(type: "text", nullable: false),
                    trace_id = table.Column<string>(type: "text", nullable: true),
                    span_id = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_campaign_events", x => new { x.campaign_id, x.version });
                    table.ForeignKey(
                        name: "FK_campaign_events_campaigns_campaign_id",
                        column: x => x.campaign_id,
                        principalTable: "campaigns",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    body_hash = table.Column<string>(type: "text", nullable: false),
                    campaign_id = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency_keys", x => x.key);
                    table.ForeignKey(
                        name: "FK_idempotency_keys_campaigns_campaign_id",
                        column: x => x.campaign_id,
                        principalTable: "campaigns",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "plan_proposals",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    public_id = table.Column<string>(type: "text", nullable: false),
                    campaign_id = table.Column<int>(type: "integer", nullable: false),
                    phase_number = table.Column<int>(type: "integer", nullable: false),
                    direction = table.Column<string>(type: "text", nullable: false),
                    diagram = table.Column<string>(type: "text", nullable: false),
                    base_plan_number = table.Column<int>(type: "integer", nullable: false),
                    applied_plan_number = table.Column<int>(type: "integer", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plan_proposals", x => x.id);
                    table.ForeignKey(
                        name: "FK_plan_proposals_campaigns_campaign_id",
                        column: x => x.campaign_id,
                        principalTable: "campaigns",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "post_edges",
                columns: table => new
                {
                    campaign_id = table.Column<int>(type: "integer", nullable: false),
                    from_post_id = table.Column<int>(type: "integer", nullable: false),
                    to_post_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_post_edges", x => new { x.campaign_id, x.from_post_id, x.to_post_id });
                    table.ForeignKey(
                        name: "FK_post_edges_campaigns_campaign_id",
                        column: x => x.campaign_id,
                        principalTable: "campaigns",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "posts",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    campaign_id = table.Column<int>(type: "integer", nullable: false),
                    node_id = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    phase_number = table.Column<int>(type: "integer", nullable: false),
                    platform = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    reject_reason = table.Column<string>(type: "text", nullable: true),
                    selected_variant = table.Column<string>(type: "text", nullable: true),
                    current_a = table.Column<int>(type: "integer", nullable: false),
                    current_b = table.Column<int>(type: "integer", nullable: false),
                    plan_number = table.Column<int>(type: "integer", nullable: false),
                    changed_version = table.Column<long>(type: "bigint", nullable: false),
                    scheduled_at = table.Column<long>(type: "bigint", nullable: true),
                    published_at = table.Column<long>(type: "bigint", nullable: true),
                    published_url = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_posts", x => x.id);
                    table.ForeignKey(
                        name: "FK_posts_campaigns_campaign_id",
                        column: x => x.campaign_id,
                        principalTable: "campaigns",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "generation_steps",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    campaign_id = table.Column<int>(type: "integer", nullable: false),
                    post_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    variant = table.Column<string>(type: "text", nullable: false),
                    generation = table.Column<int>(type: "integer", nullable: false),
                    base_generation = table.Column<int>(type: "integer", nullable: true),
                    hint = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    losses = table.Column<int>(type: "integer", nullable: false),
                    worker = table.Column<string>(type: "text", nullable: true),
                    lease_until = table.Column<long>(type: "bigint", nullable: true),
                    expected_micro_usd = table.Column<long>(type: "bigint", nullable: false),
                    available_at = table.Column<long>(type: "bigint", nullable: false),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    trace_parent = table.Column<string>(type: "text", nullable: true),
                    trace_state = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_generation_steps", x => x.id);
                    table.ForeignKey(
                        name: "FK_generation_steps_campaigns_campaign_id",
                        column: x => x.campaign_id,
                        principalTable: "campaigns",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_generation_steps_posts_post_id",
                        column: x => x.post_id,
                        principalTable: "posts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "post_metrics",
                columns: table => new
                {
                    post_id = table.Column<int>(type: "integer", nullable: false),
                    likes = table.Column<long>(type: "bigint", nullable: true),
                    impressions = table.Column<long>(type: "bigint", nullable: true),
                    retweets = table.Column<long>(type: "bigint", nullable: true),
                    comments = table.Column<long>(type: "bigint", nullable: true),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_post_metrics", x => x.post_id);
                    table.ForeignKey(
                        name: "FK_post_metrics_posts_post_id",
                        column: x => x.post_id,
                        principalTable: "posts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "variants",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    post_id = table.Column<int>(type: "integer", nullable: false),
                    letter = table.Column<string>(type: "text", nullable: false),
                    generation = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    angle = table.Column<string>(type: "text", nullable: false),
                    caption = table.Column<string>(type: "text", nullable: false),
                    asset = table.Column<string>(type: "text", nullable: true),
                    author = table.Column<string>(type: "text", nullable: false),
                    step_id = table.Column<long>(type: "bigint", nullable: true),
                    origin = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_variants", x => x.id);
                    table.ForeignKey(
                        name: "FK_variants_posts_post_id",
                        column: x => x.post_id,
                        principalTable: "posts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "generation_attempts",
                columns: table => new
                {
                    step_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    worker = table.Column<string>(type: "text", nullable: false),
                    claim_span_id = table.Column<string>(type: "text", nullable: true),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true),
                    model = table.Column<string>(type: "text", nullable: true),
                    input_tokens = table.Column<long>(type: "bigint", nullable: false),
                    output_tokens = table.Column<long>(type: "bigint", nullable: false),
                    cost_micro_usd = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_generation_attempts", x => new { x.step_id, x.number });
                    table.ForeignKey(
                        name: "FK_generation_attempts_generation_steps_step_id",
                        column: x => x.step_id,
                        principalTable: "generation_steps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            // A picture is compressed already: the server need not try again.
            migrationBuilder.Sql("ALTER TABLE pictures ALTER COLUMN bytes SET STORAGE EXTERNAL");

            migrationBuilder.CreateIndex(
                name: "IX_campaigns_public_id",
                table: "campaigns",
                column: "public_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_campaigns_updated_at",
                table: "campaigns",
                column: "updated_at");

            migrationBuilder.CreateIndex(
                name: "ix_campaigns_waiting_for_a_day",
                table: "campaigns",
                column: "paused_at",
                filter: "pause_cause = 'day_budget'");

            migrationBuilder.CreateIndex(
                name: "IX_generation_steps_campaign_id",
                table: "generation_steps",
                column: "campaign_id");

            migrationBuilder.CreateIndex(
                name: "IX_generation_steps_post_id_kind_variant_generation",
                table: "generation_steps",
                columns: new[] { "post_id", "kind", "variant", "generation" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_steps_ready",
                table: "generation_steps",
                columns: new[] { "kind", "campaign_id", "available_at" },
                filter: "state = 'ready'");

            migrationBuilder.CreateIndex(
                name: "ix_steps_running",
                table: "generation_steps",
                columns: new[] { "lease_until", "campaign_id" },
                filter: "state = 'running'");

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_keys_campaign_id",
                table: "idempotency_keys",
                column: "campaign_id");

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_keys_created_at",
                table: "idempotency_keys",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "IX_pictures_touched_at",
                table: "pictures",
                column: "touched_at");

            migrationBuilder.CreateIndex(
                name: "IX_plan_proposals_campaign_id",
                table: "plan_proposals",
                column: "campaign_id");

            migrationBuilder.CreateIndex(
                name: "IX_plan_proposals_public_id",
                table: "plan_proposals",
                column: "public_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_posts_campaign_id_node_id",
                table: "posts",
                columns: new[] { "campaign_id", "node_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_variants_asset",
                table: "variants",
                column: "asset");

            migrationBuilder.CreateIndex(
                name: "IX_variants_post_id_letter_generation",
                table: "variants",
                columns: new[] { "post_id", "letter", "generation" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "campaign_events");

            migrationBuilder.DropTable(
                name: "generation_attempts");

            migrationBuilder.DropTable(
                name: "idempotency_keys");

            migrationBuilder.DropTable(
                name: "pictures");

            migrationBuilder.DropTable(
                name: "plan_proposals");

            migrationBuilder.DropTable(
                name: "post_edges");

            migrationBuilder.DropTable(
                name: "post_metrics");

            migrationBuilder.DropTable(
                name: "spending_days");

            migrationBuilder.DropTable(
                name: "variants");

            migrationBuilder.DropTable(
                name: "generation_steps");

            migrationBuilder.DropTable(
                name: "posts");

            migrationBuilder.DropTable(
                name: "campaigns");
        }
    }
}
