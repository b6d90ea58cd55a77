#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/fields.h"
#include "sql/database.h"

namespace everseal::acm {

// Takes the columns of a row one after the other, in the order of the SELECT.
class RowReader {
 public:
  explicit RowReader(const sql::Row& row) : row_(row) {}

  std::string text() { return row_.text(next_++); }
  std::optional<std::string> maybe_text() { return row_.maybe_text(next_++); }
  TimePoint time() { return row_.time(next_++); }
  std::optional<TimePoint> maybe_time() { return row_.maybe_time(next_++); }
  bool boolean() { return row_.boolean(next_++); }
  std::vector<std::string> lines();

  // A name that this program does not know reads as the first of the enumeration.
  template <class E>
  E name() {
    return aws::named<E>(text()).value_or(E{});
  }
  template <class E>
  std::optional<E> maybe_name() {
    const auto found = maybe_text();
    return found ? aws::named<E>(*found) : std::nullopt;
  }

 private:
  const sql::Row& row_;
  std::size_t next_ = 0;
};

// Texts without line feeds in one column.
std::string joined_lines(const std::vector<std::string>& lines);
std::vector<std::string> split_lines(std::string_view text);

}  // namespace everseal::acm
