#include "sql/sqlite/connection.h"

#include <array>
#include <cstdlib>
#include <limits>
#include <type_traits>
#include <utility>

namespace everseal::sql::sqlite {
namespace {

constexpr std::size_t kMostStatements = 512;
constexpr int kBusyMillis = 2000;  // somebody looks into the file with another program

Fault::Kind kind_of(int code) {
  switch (code) {
    case SQLITE_CONSTRAINT_DATATYPE:  // a bug of ours, not a matter of other rows
    case SQLITE_IOERR_CORRUPTFS:
      return Fault::Kind::Broken;
    default:
      break;
  }
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
      return Fault::Kind::Conflict;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
      return Fault::Kind::Unavailable;
    default:
      return Fault::Kind::Broken;
  }
}

std::string_view sentence_of(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return "the disk is full: ";
    case SQLITE_IOERR:
      return "the disk failed: ";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "the database file is damaged: ";
    default:
      return "sqlite: ";
  }
}

int bind_one(sqlite3_stmt* statement, int place, const Param::Value& value) {
  return std::visit(
      [&](const auto& held) {
        using Held = std::remove_cvref_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, Null>) {
          return sqlite3_bind_null(statement, place);
        } else if constexpr (std::is_same_v<Held, std::int64_t>) {
          return sqlite3_bind_int64(statement, place, held);
        } else if constexpr (std::is_same_v<Held, std::string_view>) {
          const char* text = held.data() == nullptr ? "" : held.data();
          return sqlite3_bind_text64(statement, place, text, held.size(), SQLITE_STATIC,
                                     SQLITE_UTF8);
        } else {
          if (held.empty()) return sqlite3_bind_zeroblob(statement, place, 0);
          return sqlite3_bind_blob64(statement, place, held.data(), held.size(), SQLITE_STATIC);
        }
      },
      value);
}

// Which of SQLite's places is $1, $2, ...; nothing if a name is not such a number.
std::optional<std::vector<int>> places_of(sqlite3_stmt* statement) {
  const int count = sqlite3_bind_parameter_count(statement);
  std::vector<int> places(static_cast<std::size_t>(count), 0);
  for (int place = 1; place <= count; ++place) {
    const char* name = sqlite3_bind_parameter_name(statement, place);
    const long number = name == nullptr || *name != '$' ? 0 : std::strtol(name + 1, nullptr, 10);
    if (number < 1 || number > count) return std::nullopt;
    places[static_cast<std::size_t>(number - 1)] = place;
  }
  return places;
}

Result<Row::Value> value_of(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
      return Row::Value(Null{});
    case SQLITE_INTEGER:
      return Row::Value(std::int64_t{sqlite3_column_int64(statement, column)});
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
      if (text == nullptr) return Fault::unavailable("sqlite: out of memory");
      return Row::Value(std::in_place_type<std::string>, text, size);
    }
    case SQLITE_BLOB: {
      const auto* octets = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
      return Row::Value(std::in_place_type<Bytes>, octets, octets + size);
    }
    default:
      return Fault::broken("sqlite: a column holds a floating-point number");
  }
}

// What every connection has. Our schema text is our own, but the file may have been in other hands:
// what is in it may not run functions, and its cells are checked when read.
constexpr const char* kSettings =
    "PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA mmap_size = 0;";  // an I/O error behind a mapping is a SIGBUS, not an answer

}  // namespace

Fault fault_of(int code, const char* message) {
  return {kind_of(code),
          std::string(sentence_of(code)) + message + " (" + std::to_string(code) + ")"};
}

Fault fault_of(sqlite3* connection) {
  return fault_of(sqlite3_extended_errcode(connection), sqlite3_errmsg(connection));
}

Outcome Cursor::bind(std::initializer_list<Param> params) {
  if (params.size() != statement_->places.size()) {
    return Fault::broken("sqlite: " + std::to_string(params.size()) + " values for " +
                         std::to_string(statement_->places.size()) +
                         " places in: " + sqlite3_sql(statement_->handle.get()));
  }
  auto place = statement_->places.begin();
  for (const auto& param : params) {
    if (bind_one(statement_->handle.get(), *place++, param.value()) != SQLITE_OK) {
      return fault_of(connection_);
    }
  }
  return {};
}

Result<bool> Cursor::step() {
  switch (sqlite3_step(statement_->handle.get())) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    default:
      return fault_of(connection_);
  }
}

Result<Row> Cursor::row() const {
  const int count = sqlite3_data_count(statement_->handle.get());
  std::vector<Row::Value> values;
  values.reserve(static_cast<std::size_t>(count));
  for (int column = 0; column < count; ++column) {
    auto value = value_of(statement_->handle.get(), column);
    if (!value) return value.error();
    values.push_back(*std::move(value));
  }
  return Row(std::move(values));
}

Result<Connection> Connection::open(const std::string& file, const std::string& vfs,
                                    Access access) {
  const int flags = (access == Access::ReadOnly ? SQLITE_OPEN_READONLY
                                                : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
                    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(file.c_str(), &handle, flags, vfs.empty() ? nullptr : vfs.c_str());
  Connection connection(handle);
  if (code != SQLITE_OK) {
    return fault_of(code, handle == nullptr ? "out of memory" : sqlite3_errmsg(handle));
  }
  sqlite3_busy_timeout(handle, kBusyMillis);
  for (const int option : {SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL}) {
    sqlite3_db_config(handle, option, 0, nullptr);
  }
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  const auto set = connection.script(kSettings);
  if (!set) return set.error();
  return connection;
}

Outcome Connection::script(std::string_view statements) {
  char* message = nullptr;
  const int code =
      sqlite3_exec(handle_.get(), std::string(statements).c_str(), nullptr, nullptr, &message);
  const std::unique_ptr<char, decltype(&sqlite3_free)> owned(message, &sqlite3_free);
  if (code != SQLITE_OK) return fault_of(code, message == nullptr ? "unknown" : message);
  return {};
}

Outcome Connection::command(std::string_view statement) {
  auto cursor = query(statement, {});
  if (!cursor) return cursor.error();
  const auto done = cursor->step();
  if (!done) return done.error();
  return {};
}

Result<Cursor> Connection::query(std::string_view text, std::initializer_list<Param> params) {
  auto found = statements_.find(text);
  if (found == statements_.end()) {
    auto prepared = prepare(text);
    if (!prepared) return prepared.error();
    if (statements_.size() >= kMostStatements) forget_idle_statements();
    found = statements_.emplace(std::string(text), *std::move(prepared)).first;
  }
  const bool in_use = sqlite3_stmt_busy(found->second.handle.get()) != 0;
  if (!in_use) {
    Cursor cursor(handle_.get(), &found->second);
    const auto bound = cursor.bind(params);
    if (!bound) return bound.error();
    return cursor;
  }
  auto second = prepare(text);
  if (!second) return second.error();
  Cursor cursor(handle_.get(), std::make_unique<Statement>(*std::move(second)));
  const auto bound = cursor.bind(params);
  if (!bound) return bound.error();
  return cursor;
}

Result<std::int64_t> Connection::number(std::string_view text) {
  auto cursor = query(text, {});
  if (!cursor) return cursor.error();
  const auto there = cursor->step();
  if (!there) return there.error();
  if (!*there) return Fault::broken("sqlite: no answer to " + std::string(text));
  const auto row = cursor->row();
  if (!row) return row.error();
  return row->integer(0);
}

Result<Statement> Connection::prepare(std::string_view text) {
  sqlite3_stmt* handle = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), text.data(), static_cast<int>(text.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, &rest);
  Statement statement{std::unique_ptr<sqlite3_stmt, Finalize>(handle), {}};
  if (code != SQLITE_OK) {
    auto fault = fault_of(handle_.get());
    fault.cause += " in: " + std::string(text);
    return fault;
  }
  if (handle == nullptr) return Fault::broken("sqlite: an empty statement");
  const std::string_view left(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  if (left.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
    return Fault::broken("sqlite: more than one statement in: " + std::string(text));
  }
  auto places = places_of(handle);
  if (!places) return Fault::broken("sqlite: places are $1, $2, ... in: " + std::string(text));
  statement.places = *std::move(places);
  return statement;
}

void Connection::forget_idle_statements() {
  std::erase_if(statements_, [](const auto& entry) {
    return sqlite3_stmt_busy(entry.second.handle.get()) == 0;
  });
}

}  // namespace everseal::sql::sqlite
