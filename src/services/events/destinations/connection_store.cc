#include "services/events/destinations/connection_store.h"

#include <limits>

#include "sql/without_count.h"

namespace everseal::events::destinations {
namespace {

Connection read(const sql::Row& row) {
  return {.id = row.integer(0),
          .name = {row.text(1), row.text(2), row.text(3)},
          .arn = row.text(4),
          .description = row.maybe_text(5),
          .type = aws::named<AuthorizationType>(row.text(6)).value_or(AuthorizationType::Basic),
          .state = aws::named<ConnectionState>(row.text(7)).value_or(ConnectionState::Deauthorized),
          .state_reason = row.maybe_text(8),
          .sealed = row.maybe_blob(9),
          .revision = row.integer(10),
          .created_at = row.time(11),
          .modified_at = row.time(12),
          .authorized_at = row.maybe_time(13)};
}

Result<std::optional<Connection>> read(const Result<std::optional<sql::Row>>& row) {
  if (!row) return row.error();
  std::optional<Connection> found;
  if (*row) found = read(**row);
  return found;
}

}  // namespace

Result<std::optional<Connection>> find_connection(sql::Snapshot& view, const Name& name) {
  return read(
      view.one("SELECT id, account, region, name, arn, description, authorization_type, state, "
               "state_reason, sealed, revision, created_at, modified_at, authorized_at "
               "FROM events_connection WHERE account = $1 AND region = $2 AND name = $3",
               name.account, name.region, name.name));
}

Result<std::optional<Connection>> find_connection_by_arn(sql::Snapshot& view,
                                                         std::string_view arn) {
  return read(
      view.one("SELECT id, account, region, name, arn, description, authorization_type, state, "
               "state_reason, sealed, revision, created_at, modified_at, authorized_at "
               "FROM events_connection WHERE arn = $1",
               arn));
}

Result<std::optional<Connection>> find_connection_by_id(sql::Snapshot& view, std::int64_t id) {
  return read(
      view.one("SELECT id, account, region, name, arn, description, authorization_type, state, "
               "state_reason, sealed, revision, created_at, modified_at, authorized_at "
               "FROM events_connection WHERE id = $1",
               id));
}

Result<std::vector<Connection>> list_connections(sql::Snapshot& view, const Name& after,
                                                 const ConnectionsWanted& wanted,
                                                 std::int64_t limit) {
  std::vector<Connection> connections;
  const auto done = view.each(
      "SELECT id, account, region, name, arn, description, authorization_type, state, "
      "state_reason, sealed, revision, created_at, modified_at, authorized_at "
      "FROM events_connection WHERE account = $1 AND region = $2 AND name > $3 AND name >= $4 "
      "ORDER BY name",
      {after.account, after.region, after.name, wanted.prefix}, [&](const sql::Row& row) {
        auto found = read(row);
        if (!found.name.name.starts_with(wanted.prefix)) return false;
        if (!wanted.state || found.state == *wanted.state) connections.push_back(std::move(found));
        return connections.size() < static_cast<std::size_t>(limit);
      });
  if (!done) return done.error();
  return connections;
}

Result<std::int64_t> count_connections(sql::Snapshot& view, const Name& owner) {
  const auto row =
      view.one("SELECT count(*) FROM events_connection WHERE account = $1 AND region = $2",
               owner.account, owner.region);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Result<std::int64_t> add_connection(sql::Transaction& tx, const Connection& connection) {
  const auto added = tx.run(
      "INSERT INTO events_connection (account, region, name, arn, description, "
      "authorization_type, state, state_reason, sealed, revision, created_at, modified_at, "
      "authorized_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $12)",
      connection.name.account, connection.name.region, connection.name.name, connection.arn,
      connection.description, aws::name_of(connection.type), aws::name_of(connection.state),
      connection.state_reason, connection.sealed, connection.created_at, connection.modified_at,
      connection.authorized_at);
  if (!added) return added.error();
  const auto row = tx.one("SELECT id FROM events_connection WHERE arn = $1", connection.arn);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome change_connection(sql::Transaction& tx, const Connection& connection) {
  return sql::without_count(
      tx.run("UPDATE events_connection SET description = $2, authorization_type = $3, state = $4, "
             "state_reason = $5, sealed = $6, revision = revision + 1, modified_at = $7, "
             "authorized_at = $8 WHERE id = $1",
             connection.id, connection.description, aws::name_of(connection.type),
             aws::name_of(connection.state), connection.state_reason, connection.sealed,
             connection.modified_at, connection.authorized_at));
}

Result<bool> note_authorized(sql::Transaction& tx, const Connection& connection, TimePoint now) {
  const auto noted = tx.run(
      "UPDATE events_connection SET state = $3, state_reason = NULL, authorized_at = $4 "
      "WHERE id = $1 AND revision = $2",
      connection.id, connection.revision, aws::name_of(ConnectionState::Authorized), now);
  if (!noted) return noted.error();
  return *noted > 0;
}

Outcome note_not_authorized(sql::Transaction& tx, const Connection& connection,
                            std::string_view reason) {
  return sql::without_count(tx.run(
      "UPDATE events_connection SET state = $3, state_reason = $4 "
      "WHERE id = $1 AND revision = $2",
      connection.id, connection.revision, aws::name_of(ConnectionState::Deauthorized), reason));
}

Outcome remove_connection(sql::Transaction& tx, std::int64_t id) {
  return sql::without_count(tx.run("DELETE FROM events_connection WHERE id = $1", id));
}

}  // namespace everseal::events::destinations
