#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sql/sqlite/connection.h"

// What a closure given to Database::read or Database::write works with.
namespace everseal::sql::sqlite {

// Reads on one connection. Base is Snapshot or Transaction.
template <class Base>
class Reading : public Base {
 public:
  explicit Reading(Connection& connection) : connection_(connection) {}

  Outcome each(std::string_view query, std::initializer_list<Param> params,
               const std::function<bool(const Row&)>& use) override {
    return take(query, params, [&](Row&& row) { return use(row); });
  }

 protected:
  Result<std::optional<Row>> first(std::string_view query,
                                   std::initializer_list<Param> params) override {
    std::optional<Row> found;
    const auto done = take(query, params, [&](Row&& row) {
      found.emplace(std::move(row));
      return false;
    });
    if (!done) return done.error();
    return found;
  }
  Result<std::vector<Row>> every(std::string_view query,
                                 std::initializer_list<Param> params) override {
    std::vector<Row> rows;
    const auto done = take(query, params, [&](Row&& row) {
      rows.push_back(std::move(row));
      return true;
    });
    if (!done) return done.error();
    return rows;
  }
  // A statement is about to run that answers rows: perhaps one that changes some, with RETURNING.
  virtual Outcome before(const Cursor&) { return {}; }
  // Hears of each fault before the closure does.
  virtual Fault noticed(Fault fault) { return fault; }

  Connection& connection_;

 private:
  template <class Use>
  Outcome take(std::string_view query, std::initializer_list<Param> params, Use&& use) {
    auto cursor = connection_.query(query, params);
    if (!cursor) return noticed(cursor.error());
    if (const auto ready = before(*cursor); !ready) return ready.error();
    while (true) {
      const auto there = cursor->step();
      if (!there) return noticed(there.error());
      if (!*there) return {};
      auto row = cursor->row();
      if (!row) return noticed(row.error());
      if (!use(*std::move(row))) return {};
    }
  }
};

using ReadSnapshot = Reading<Snapshot>;

// The part of one closure in the transaction of its group: a savepoint, made at its first change.
class GroupMember final : public Reading<Transaction> {
 public:
  using Reading::Reading;

  struct Promises {
    std::vector<std::function<void()>> calls;
    std::vector<std::pair<std::string, std::int64_t>> announcements;
  };

  void after_commit(std::function<void()> call) override {
    promises_.calls.push_back(std::move(call));
  }
  void announce(std::string_view topic, std::int64_t number) override {
    promises_.announcements.emplace_back(topic, number);
  }
  Outcome script(std::string_view statements) override;

  // Ends the savepoint: its changes stay in the group's transaction, or are gone. Conflict: they
  // leave a foreign key open, and are gone.
  Outcome keep();
  Outcome undo();
  // What a statement met that no closure may get over: the disk, or damage.
  const std::optional<Fault>& worst() const { return worst_; }
  Promises take_promises() { return std::move(promises_); }

 protected:
  Result<std::int64_t> change(std::string_view statement,
                              std::initializer_list<Param> params) override;
  Outcome before(const Cursor& cursor) override;
  Fault noticed(Fault fault) override;

 private:
  Outcome open_savepoint();

  bool savepoint_open_ = false;
  std::optional<Fault> worst_;
  Promises promises_;
};

}  // namespace everseal::sql::sqlite
