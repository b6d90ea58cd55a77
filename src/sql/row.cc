#include <stdexcept>
#include <string>

#include "sql/database.h"

namespace everseal::sql {
namespace {

// The column's value as T; a column that is absent or of another type is a bug in the query's
// reader.
template <class T>
const T& held(const std::vector<Row::Value>& values, std::size_t column, const char* wanted) {
  const auto* value = column < values.size() ? std::get_if<T>(&values[column]) : nullptr;
  if (value == nullptr) {
    throw std::logic_error("sql: column " + std::to_string(column) + " is not " + wanted);
  }
  return *value;
}

}  // namespace

bool Row::is_null(std::size_t column) const {
  return std::holds_alternative<Null>(values_.at(column));
}

std::int64_t Row::integer(std::size_t column) const {
  return held<std::int64_t>(values_, column, "an integer");
}

const std::string& Row::text(std::size_t column) const {
  return held<std::string>(values_, column, "text");
}

const Bytes& Row::blob(std::size_t column) const { return held<Bytes>(values_, column, "octets"); }

std::optional<std::int64_t> Row::maybe_integer(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<TimePoint> Row::maybe_time(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return time(column);
}

std::optional<std::string> Row::maybe_text(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

std::optional<Bytes> Row::maybe_blob(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return blob(column);
}

}  // namespace everseal::sql
