#include "sql/sqlite/transaction.h"

namespace everseal::sql::sqlite {
namespace {

// Without the word, SQLite would store text in a column of integers.
constexpr std::string_view kTableThatIsNotStrict =
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 "
    "AND name NOT LIKE 'sqlite!_%' ESCAPE '!'";

bool has_open_foreign_keys(sqlite3* connection) {
  int open = 0;
  int highest = 0;
  sqlite3_db_status(connection, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &highest, /*reset=*/0);
  return open != 0;
}

}  // namespace

Outcome GroupMember::open_savepoint() {
  if (savepoint_open_) return {};
  const auto opened = connection_.command("SAVEPOINT member");
  if (!opened) return noticed(opened.error());
  savepoint_open_ = true;
  return {};
}

Result<std::int64_t> GroupMember::change(std::string_view statement,
                                         std::initializer_list<Param> params) {
  const auto opened = open_savepoint();
  if (!opened) return opened.error();
  auto cursor = connection_.query(statement, params);
  if (!cursor) return noticed(cursor.error());
  while (true) {
    const auto more = cursor->step();
    if (!more) return noticed(more.error());
    if (!*more) return sqlite3_changes64(connection_.handle());
  }
}

Outcome GroupMember::before(const Cursor& cursor) {
  return cursor.only_reads() ? Outcome() : open_savepoint();
}

Outcome GroupMember::script(std::string_view statements) {
  const auto opened = open_savepoint();
  if (!opened) return opened.error();
  const auto done = connection_.script(statements);
  if (!done) return noticed(done.error());
  const auto loose = first(kTableThatIsNotStrict, {});
  if (!loose) return loose.error();
  if (*loose) {
    return noticed(Fault::broken("sqlite: the table " + (*loose)->text(0) + " is not STRICT"));
  }
  return {};
}

Outcome GroupMember::keep() {
  if (!savepoint_open_) return {};
  if (has_open_foreign_keys(connection_.handle())) {
    const auto undone = undo();
    if (!undone) return undone.error();
    return Fault::conflict("sqlite: a foreign key refers to no row");
  }
  savepoint_open_ = false;
  return connection_.command("RELEASE member");
}

Outcome GroupMember::undo() {
  if (!savepoint_open_) return {};
  savepoint_open_ = false;
  const auto back = connection_.command("ROLLBACK TO member");
  if (!back) return back.error();
  return connection_.command("RELEASE member");
}

Fault GroupMember::noticed(Fault fault) {
  if (fault.kind != Fault::Kind::Conflict && !worst_) worst_ = fault;
  return fault;
}

}  // namespace everseal::sql::sqlite
