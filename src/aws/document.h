#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"

namespace everseal::aws {

// A request or response between its wire form and its struct: the tree that JSON, the query
// protocol and XML have in common. Members keep their order; of equal names the last one counts.
class Document {
 public:
  struct Null {};
  // What a form field or an XML element holds: its type is known to the field that reads it.
  struct Untyped {
    std::string text;
  };
  using List = std::vector<Document>;
  using Members = std::vector<std::pair<std::string, Document>>;
  // Moments and octets are written as the protocol wants them; JSON and forms read them as numbers
  // and texts.
  using Value = std::variant<Null, bool, std::int64_t, double, std::string, Untyped, TimePoint,
                             Bytes, List, Members>;

  Document() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): a value is a document.
  Document(Value value) : value_(std::move(value)) {}

  const Value& value() const { return value_; }
  Value& value() { return value_; }

  template <class T>
  const T* as() const {
    return std::get_if<T>(&value_);
  }
  bool is_null() const { return as<Null>() != nullptr; }

  // The member of that name, or nothing if this has no members or not that one.
  const Document* find(std::string_view name) const;

 private:
  Value value_;
};

}  // namespace everseal::aws
