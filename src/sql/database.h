#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::sql {

struct Null {
  friend bool operator==(Null, Null) = default;
};

// What takes the place of $1, $2, ... Text and octets are borrowed until the call returns.
class Param {
 public:
  using Value = std::variant<Null, std::int64_t, std::string_view, ByteView>;

  Param(Null) : value_(Null{}) {}
  Param(std::nullopt_t) : value_(Null{}) {}
  Param(std::integral auto number) : value_(static_cast<std::int64_t>(number)) {}
  Param(std::string_view text) : value_(text) {}
  Param(const std::string& text) : value_(std::string_view(text)) {}
  Param(const char* text) : value_(std::string_view(text)) {}
  Param(ByteView octets) : value_(octets) {}
  Param(const Bytes& octets) : value_(ByteView(octets)) {}
  Param(TimePoint time) : value_(to_millis(time)) {}
  template <class T>
  Param(const std::optional<T>& maybe) : value_(maybe ? Param(*maybe).value_ : Value(Null{})) {}

  const Value& value() const { return value_; }

 private:
  Value value_;
};

// One row of an answer; owns its values. Columns count from 0, in the order of the SELECT. Asking
// for the wrong type is a bug and throws std::logic_error.
class Row {
 public:
  using Value = std::variant<Null, std::int64_t, std::string, Bytes>;

  explicit Row(std::vector<Value> values) : values_(std::move(values)) {}

  bool is_null(std::size_t column) const;
  std::int64_t integer(std::size_t column) const;
  bool boolean(std::size_t column) const { return integer(column) != 0; }
  TimePoint time(std::size_t column) const { return from_millis(integer(column)); }
  const std::string& text(std::size_t column) const;
  const Bytes& blob(std::size_t column) const;

  std::optional<std::int64_t> maybe_integer(std::size_t column) const;
  std::optional<TimePoint> maybe_time(std::size_t column) const;
  std::optional<std::string> maybe_text(std::size_t column) const;
  std::optional<Bytes> maybe_blob(std::size_t column) const;

 private:
  std::vector<Value> values_;
};

// A consistent view of the rows. The text of a query is a literal: statements are kept by it.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  template <class... Params>
  Result<std::optional<Row>> one(std::string_view query, const Params&... params) {
    return first(query, {Param(params)...});
  }
  template <class... Params>
  Result<std::vector<Row>> all(std::string_view query, const Params&... params) {
    return every(query, {Param(params)...});
  }
  // Row by row, in constant memory, until `use` returns false.
  virtual Outcome each(std::string_view query, std::initializer_list<Param> params,
                       const std::function<bool(const Row&)>& use) = 0;

 protected:
  virtual Result<std::optional<Row>> first(std::string_view query,
                                           std::initializer_list<Param> params);
  virtual Result<std::vector<Row>> every(std::string_view query,
                                         std::initializer_list<Param> params);
};

enum class Engine { Sqlite, Postgres };

// Changes that become visible and durable together, or not at all.
class Transaction : public Snapshot {
 public:
  // How many rows it changed. Conflict: a unique index, foreign key or check refused it.
  template <class... Params>
  Result<std::int64_t> run(std::string_view statement, const Params&... params) {
    return change(statement, {Param(params)...});
  }
  // Called once, by the committing thread, after the changes are durable: wake somebody, drop a
  // cached value. Must not wait and must not fail.
  virtual void after_commit(std::function<void()> call) = 0;
  // Tells whoever listens to the topic, after the changes are durable; costs nothing if nobody
  // does.
  virtual void announce(std::string_view topic, std::int64_t number) = 0;
  // Any number of statements without parameters, in the dialect of the engine: for migrations.
  virtual Outcome script(std::string_view statements) = 0;

 protected:
  virtual Result<std::int64_t> change(std::string_view statement,
                                      std::initializer_list<Param> params) = 0;
};

// Ends when the last copy ends.
using Subscription = std::shared_ptr<const void>;

// The state of everything. Thread-safe.
class Database {
 public:
  virtual ~Database() = default;
  virtual Engine engine() const = 0;

  // Runs `work(Transaction&)` -> Result<T, E>, with E made from a Fault. What it changed is durable
  // when this returns a value, and undone when it returns an error. `work` may run again after a
  // conflict: inside it only rows change, and neither write nor read is called. Unavailable: disk
  // full, too many writers waiting. What `work` throws undoes its changes and is thrown here.
  template <class Work>
  std::invoke_result_t<Work&, Transaction&> write(Work&& work) {
    using Answer = std::invoke_result_t<Work&, Transaction&>;
    std::optional<Answer> answer;
    const Outcome committed = write_until_durable([&](Transaction& tx) {
      answer.emplace(work(tx));
      return answer->has_value();
    });
    if (!committed) return committed.error();
    return *std::move(answer);
  }

  // Runs `work(Snapshot&)` -> Result<T, E> on one consistent view; does not wait for writers.
  template <class Work>
  std::invoke_result_t<Work&, Snapshot&> read(Work&& work) {
    using Answer = std::invoke_result_t<Work&, Snapshot&>;
    std::optional<Answer> answer;
    const Outcome done = read_consistently([&](Snapshot& view) { answer.emplace(work(view)); });
    if (!done) return done.error();
    return *std::move(answer);
  }

  // Calls `hear` with each number that a committed transaction announced on the topic; it must not
  // wait, and own what it touches: one last call may come after the subscription ended.
  [[nodiscard]] virtual Subscription listen(std::string_view topic,
                                            std::function<void(std::int64_t)> hear) = 0;

 protected:
  // `work` returns whether its changes are to be kept.
  virtual Outcome write_until_durable(const std::function<bool(Transaction&)>& work) = 0;
  virtual Outcome read_consistently(const std::function<void(Snapshot&)>& work) = 0;
};

}  // namespace everseal::sql
