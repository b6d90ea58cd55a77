#include "services/events/archives/archive.h"

#include "aws/arn.h"
#include "sql/without_count.h"

namespace everseal::events::archives {
namespace {

constexpr std::string_view kArchivePrefix = "archive/";

std::string arn_in(const OwnName& name, std::string_view prefix) {
  return Arn("events", name.region, name.account, std::string(prefix) + name.name).text();
}

Archive read(const sql::Row& row) {
  return {.id = row.integer(0),
          .name = {row.text(1), row.text(2), row.text(3)},
          .source_arn = row.text(4),
          .description = row.maybe_text(5),
          .event_pattern = row.maybe_text(6),
          .retention_days = row.integer(7),
          .event_count = row.integer(8),
          .size_octets = row.integer(9),
          .created_at = row.time(10)};
}

Result<std::optional<Archive>> read(const Result<std::optional<sql::Row>>& row) {
  if (!row) return row.error();
  std::optional<Archive> found;
  if (*row) found = read(**row);
  return found;
}

}  // namespace

std::string archive_arn(const OwnName& name) { return arn_in(name, kArchivePrefix); }

std::string replay_arn(const OwnName& name) { return arn_in(name, "replay/"); }

Result<OwnName> parse_archive_arn(std::string_view text) {
  const auto arn = Arn::parse(text);
  if (!arn) return arn.error();
  if (arn->service() != "events" || !arn->resource().starts_with(kArchivePrefix))
    return Fault::malformed("not the ARN of an archive");
  return OwnName{std::string(arn->account()), std::string(arn->region()),
                 std::string(arn->resource().substr(kArchivePrefix.size()))};
}

Result<std::optional<Archive>> find_archive(sql::Snapshot& view, const OwnName& name) {
  return read(
      view.one("SELECT id, account, region, name, source_arn, description, event_pattern, "
               "retention_days, event_count, size_octets, created_at FROM events_archive "
               "WHERE account = $1 AND region = $2 AND name = $3",
               name.account, name.region, name.name));
}

Result<std::optional<Archive>> find_archive(sql::Snapshot& view, std::int64_t id) {
  return read(
      view.one("SELECT id, account, region, name, source_arn, description, event_pattern, "
               "retention_days, event_count, size_octets, created_at FROM events_archive "
               "WHERE id = $1",
               id));
}

Result<std::vector<Archive>> archives_of(sql::Snapshot& view, std::string_view source_arn) {
  const auto rows = view.all(
      "SELECT id, account, region, name, source_arn, description, event_pattern, "
      "retention_days, event_count, size_octets, created_at FROM events_archive "
      "WHERE source_arn = $1 ORDER BY id",
      source_arn);
  if (!rows) return rows.error();
  std::vector<Archive> archives;
  for (const auto& row : *rows) archives.push_back(read(row));
  return archives;
}

Result<std::vector<Archive>> list_archives(sql::Snapshot& view, const OwnName& after,
                                           const ArchiveChoice& choice, std::int64_t limit) {
  std::vector<Archive> archives;
  const auto done = view.each(
      "SELECT id, account, region, name, source_arn, description, event_pattern, "
      "retention_days, event_count, size_octets, created_at FROM events_archive "
      "WHERE account = $1 AND region = $2 AND name > $3 AND name >= $4 ORDER BY name",
      {after.account, after.region, after.name, choice.prefix}, [&](const sql::Row& row) {
        if (!row.text(3).starts_with(choice.prefix)) return false;
        if (choice.source_arn.value_or(row.text(4)) == row.text(4)) archives.push_back(read(row));
        return archives.size() < static_cast<std::size_t>(limit);
      });
  if (!done) return done.error();
  return archives;
}

Result<std::int64_t> count_archives(sql::Snapshot& view, const OwnName& owner) {
  const auto row =
      view.one("SELECT count(*) FROM events_archive WHERE account = $1 AND region = $2",
               owner.account, owner.region);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome add_archive(sql::Transaction& tx, const Archive& archive) {
  const auto& [account, region, name] = archive.name;
  return sql::without_count(tx.run(
      "INSERT INTO events_archive (account, region, name, source_arn, description, event_pattern, "
      "retention_days, event_count, size_octets, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8)",
      account, region, name, archive.source_arn, archive.description, archive.event_pattern,
      archive.retention_days, archive.created_at));
}

Outcome change_archive(sql::Transaction& tx, const Archive& archive) {
  return sql::without_count(
      tx.run("UPDATE events_archive SET description = $2, event_pattern = $3, retention_days = $4 "
             "WHERE id = $1",
             archive.id, archive.description, archive.event_pattern, archive.retention_days));
}

Outcome remove_archive(sql::Transaction& tx, std::int64_t id) {
  return sql::without_count(tx.run("DELETE FROM events_archive WHERE id = $1", id));
}

}  // namespace everseal::events::archives
