using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Janus.Campaigns.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Spending : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "expected_micro_usd",
                table: "generation_steps",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "cap_micro_usd",
                table: "campaigns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "pause_cause",
                table: "campaigns",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "paused_at",
                table: "campaigns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "plan_cost_micro_usd",
                table: "campaigns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "plan_input_tokens",
                table: "campaigns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "plan_model",
                table: "campaigns",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "plan_output_tokens",
                table: "campaigns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "spent_micro_usd",
                table: "campaigns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "spending_days",
                columns: table => new
                {
                    day = table.Column<int>(type: "INTEGER", nullable: false),
                    spent_micro_usd = table.Column<long>(type: "INTEGER", nullable: false),
                    cap_micro_usd = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_spending_days", x => x.day);
                });

            migrationBuilder.CreateIndex(
                name: "ix_campaigns_waiting_for_a_day",
                table: "campaigns",
                column: "paused_at",
                filter: "pause_cause = 'day_budget'");

            // What was spent before this migration: the plans' own cost was not kept, the attempts' was.
            migrationBuilder.Sql(
                """
                UPDATE campaigns SET spent_micro_usd = (
                    SELECT coalesce(sum(attempt.cost_micro_usd), 0) FROM generation_attempts AS attempt
                    JOIN generation_steps AS step ON step.id = attempt.step_id WHERE step.campaign_id = campaigns.id);
                """);
            migrationBuilder.Sql(
                """
                INSERT INTO spending_days (day, spent_micro_usd)
                SELECT CAST(strftime('%Y%m%d', coalesce(ended_at, started_at) / 1000000, 'unixepoch') AS INTEGER) AS day, sum(cost_micro_usd)
                FROM generation_attempts WHERE cost_micro_usd > 0 GROUP BY day;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "spending_days");

            migrationBuilder.DropIndex(
                name: "ix_campaigns_waiting_for_a_day",
                table: "campaigns");

            migrationBuilder.DropColumn(
                name: "expected_micro_usd",
                table: "generation_steps");

            migrationBuilder.DropColumn(
                name: "cap_micro_usd",
                table: "campaigns");

            migrationBuilder.DropColumn(
                name: "pause_cause",
                table: "campaigns");

            migrationBuilder.DropColumn(
                name: "paused_at",
                table: "campaigns");

            migrationBuilder.DropColumn(
                name: "plan_cost_micro_usd",
                table: "campaigns");

            migrationBuilder.DropColumn(
                name: "plan_input_tokens",
                table: "campaigns");

            migrationBuilder.DropColumn(
                name: "plan_model",
                table: "campaigns");

            migrationBuilder.DropColumn(
                name: "plan_output_tokens",
                table: "campaigns");

            migrationBuilder.DropColumn(
                name: "spent_micro_usd",
                table: "campaigns");
        }
    }
}
