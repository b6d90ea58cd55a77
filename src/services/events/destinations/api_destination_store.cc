#include "services/events/destinations/api_destination_store.h"

#include <utility>

#include "sql/without_count.h"

namespace everseal::events::destinations {
namespace {

DestinationState state_by(const std::optional<std::string>& of_connection) {
  return of_connection == aws::name_of(ConnectionState::Authorized) ? DestinationState::Active
                                                                    : DestinationState::Inactive;
}

ApiDestination read(const sql::Row& row) {
  return {.id = row.integer(0),
          .name = {row.text(1), row.text(2), row.text(3)},
          .arn = row.text(4),
          .description = row.maybe_text(5),
          .connection_arn = row.text(6),
          .state = state_by(row.maybe_text(7)),
          .endpoint = row.text(8),
          .method = aws::named<HttpMethod>(row.text(9)).value_or(HttpMethod::Post),
          .rate = static_cast<std::int32_t>(row.integer(10)),
          .created_at = row.time(11),
          .modified_at = row.time(12)};
}

Result<std::optional<ApiDestination>> read(const Result<std::optional<sql::Row>>& row) {
  if (!row) return row.error();
  std::optional<ApiDestination> found;
  if (*row) found = read(**row);
  return found;
}

}  // namespace

Result<std::optional<ApiDestination>> find_destination(sql::Snapshot& view, const Name& name) {
  return read(view.one(
      "SELECT d.id, d.account, d.region, d.name, d.arn, d.description, d.connection_arn, c.state, "
      "d.endpoint, d.method, d.rate, d.created_at, d.modified_at FROM events_api_destination d "
      "LEFT JOIN events_connection c ON c.arn = d.connection_arn "
      "WHERE d.account = $1 AND d.region = $2 AND d.name = $3",
      name.account, name.region, name.name));
}

Result<std::optional<ApiDestination>> find_destination_by_arn(sql::Snapshot& view,
                                                              std::string_view arn) {
  return read(view.one(
      "SELECT d.id, d.account, d.region, d.name, d.arn, d.description, d.connection_arn, c.state, "
      "d.endpoint, d.method, d.rate, d.created_at, d.modified_at FROM events_api_destination d "
      "LEFT JOIN events_connection c ON c.arn = d.connection_arn WHERE d.arn = $1",
      arn));
}

Result<std::vector<ApiDestination>> list_destinations(sql::Snapshot& view, const Name& after,
                                                      const DestinationsWanted& wanted,
                                                      std::int64_t limit) {
  std::vector<ApiDestination> destinations;
  const auto done = view.each(
      "SELECT d.id, d.account, d.region, d.name, d.arn, d.description, d.connection_arn, c.state, "
      "d.endpoint, d.method, d.rate, d.created_at, d.modified_at FROM events_api_destination d "
      "LEFT JOIN events_connection c ON c.arn = d.connection_arn "
      "WHERE d.account = $1 AND d.region = $2 AND d.name > $3 AND d.name >= $4 ORDER BY d.name",
      {after.account, after.region, after.name, wanted.prefix}, [&](const sql::Row& row) {
        auto found = read(row);
        if (!found.name.name.starts_with(wanted.prefix)) return false;
        if (!wanted.connection_arn || found.connection_arn == *wanted.connection_arn)
          destinations.push_back(std::move(found));
        return destinations.size() < static_cast<std::size_t>(limit);
      });
  if (!done) return done.error();
  return destinations;
}

Result<std::int64_t> count_destinations(sql::Snapshot& view, const Name& owner) {
  const auto row =
      view.one("SELECT count(*) FROM events_api_destination WHERE account = $1 AND region = $2",
               owner.account, owner.region);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome add_destination(sql::Transaction& tx, const ApiDestination& destination) {
  return sql::without_count(
      tx.run("INSERT INTO events_api_destination (account, region, name, arn, description, "
             "connection_arn, endpoint, method, rate, created_at, modified_at) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
             destination.name.account, destination.name.region, destination.name.name,
             destination.arn, destination.description, destination.connection_arn,
             destination.endpoint, aws::name_of(destination.method), destination.rate,
             destination.created_at, destination.modified_at));
}

Outcome change_destination(sql::Transaction& tx, const ApiDestination& destination) {
  return sql::without_count(tx.run(
      "UPDATE events_api_destination SET description = $2, connection_arn = $3, "
      "endpoint = $4, method = $5, rate = $6, modified_at = $7 WHERE id = $1",
      destination.id, destination.description, destination.connection_arn, destination.endpoint,
      aws::name_of(destination.method), destination.rate, destination.modified_at));
}

Outcome remove_destination(sql::Transaction& tx, std::int64_t id) {
  return sql::without_count(tx.run("DELETE FROM events_api_destination WHERE id = $1", id));
}

}  // namespace everseal::events::destinations
