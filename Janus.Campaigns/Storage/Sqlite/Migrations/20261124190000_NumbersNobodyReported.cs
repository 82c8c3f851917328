using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Janus.Campaigns.Storage.Sqlite.Migrations
{
    // Written by hand: the rebuild that would be generated turns foreign keys off, which cannot be part of the transaction, so a kill in the
    // middle would leave half of it. Nothing refers to this table.
    /// <inheritdoc />
    public partial class NumbersNobodyReported : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameTable(
                name: "post_metrics",
                newName: "post_metrics_before");

            migrationBuilder.CreateTable(
                name: "post_metrics",
                columns: table => new
                {
                    post_id = table.Column<int>(type: "INTEGER", nullable: false),
                    likes = table.Column<long>(type: "INTEGER", nullable: true),
                    impressions = table.Column<long>(type: "INTEGER", nullable: true),
                    retweets = table.Column<long>(type: "INTEGER", nullable: true),
                    comments = table.Column<long>(type: "INTEGER", nullable: true),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
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

            migrationBuilder.Sql(
                "INSERT INTO post_metrics (post_id, likes, impressions, retweets, comments, updated_at) " +
                "SELECT post_id, likes, impressions, retweets, comments, updated_at FROM post_metrics_before;");

            migrationBuilder.DropTable(
                name: "post_metrics_before");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameTable(
                name: "post_metrics",
                newName: "post_metrics_before");

            migrationBuilder.CreateTable(
                name: "post_metrics",
                columns: table => new
                {
                    post_id = table.Column<int>(type: "INTEGER", nullable: false),
                    likes = table.Column<long>(type: "INTEGER", nullable: false),
                    impressions = table.Column<long>(type: "INTEGER", nullable: false),
                    retweets = table.Column<long>(type: "INTEGER", nullable: false),
                    comments = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
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

            migrationBuilder.Sql(
                "INSERT INTO post_metrics (post_id, likes, impressions, retweets, comments, updated_at) " +
                "SELECT post_id, COALESCE(likes, 0), COALESCE(impressions, 0), COALESCE(retweets, 0), COALESCE(comments, 0), updated_at FROM post_metrics_before;");

            migrationBuilder.DropTable(
                name: "post_metrics_before");
        }
    }
}
