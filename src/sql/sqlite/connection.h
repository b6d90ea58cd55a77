#pragma once

#include <sqlite3.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "result/result.h"
#include "sql/database.h"

// One connection to the database and its prepared statements. Used by one thread at a time.
namespace everseal::sql::sqlite {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};

// A prepared statement, and which of SQLite's places is $1, $2, ...
struct Statement {
  std::unique_ptr<sqlite3_stmt, Finalize> handle;
  std::vector<int> places;
};

// A statement with its values in place, reset when this ends.
class Cursor {
 public:
  Cursor(sqlite3* connection, Statement* kept) : connection_(connection), statement_(kept) {}
  Cursor(sqlite3* connection, std::unique_ptr<Statement> own)
      : connection_(connection), statement_(own.get()), own_(std::move(own)) {}
  Cursor(Cursor&& other) noexcept
      : connection_(other.connection_),
        statement_(std::exchange(other.statement_, nullptr)),
        own_(std::move(other.own_)) {}
  Cursor& operator=(Cursor&&) = delete;
  ~Cursor() {
    if (statement_ != nullptr) sqlite3_reset(statement_->handle.get());
  }

  Outcome bind(std::initializer_list<Param> params);
  bool only_reads() const { return sqlite3_stmt_readonly(statement_->handle.get()) != 0; }
  // Whether there is a further row.
  Result<bool> step();
  // The row that step() came to.
  Result<Row> row() const;

 private:
  sqlite3* connection_;
  Statement* statement_;
  std::unique_ptr<Statement> own_;
};

class Connection {
 public:
  enum class Access { ReadWrite, ReadOnly };
  // Opens the file through the VFS of that name (empty: the system's) and sets what every
  // connection has: foreign keys, no double-quoted strings, temporary tables in memory.
  static Result<Connection> open(const std::string& file, const std::string& vfs, Access access);

  // Statements without parameters, their rows dropped.
  Outcome script(std::string_view statements);
  // A statement of ours that is used again and again, such as COMMIT.
  Outcome command(std::string_view statement);
  // Statements are kept by their text; one that is in use already is prepared a second time.
  Result<Cursor> query(std::string_view text, std::initializer_list<Param> params);
  // The first column of the first row, for PRAGMAs.
  Result<std::int64_t> number(std::string_view query);

  bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
  sqlite3* handle() const { return handle_.get(); }

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  explicit Connection(sqlite3* handle) : handle_(handle) {}
  Result<Statement> prepare(std::string_view text);
  void forget_idle_statements();

  std::unique_ptr<sqlite3, Close> handle_;  // before the statements: it must end after them
  std::unordered_map<std::string, Statement, TextHash, std::equal_to<>> statements_;
};

// What a result code means to us. Conflict: a constraint. Unavailable: full, failing or busy disk.
// Broken: damage, or a bug in the statement.
Fault fault_of(int code, const char* message);
Fault fault_of(sqlite3* connection);

}  // namespace everseal::sql::sqlite
