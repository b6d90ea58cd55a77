#pragma once

#include <string>
#include <tuple>
#include <utility>

#include "aws/document.h"
#include "aws/protocol/shape.h"
#include "encoding/bytes.h"

// From a struct to the document that its fields declare.
namespace everseal::aws::protocol {

// Left out: optional members that hold nothing, and lists and maps that are empty, unless they are
// declared `required` or `always`.
template <class T>
Document print(const T& value);

template <class T>
bool is_left_out(const T& value, Presence presence) {
  if constexpr (is_optional<T>) {
    return !value.has_value();
  } else if constexpr (is_list<T> || is_map<T>) {
    return value.empty() && presence == Presence::Optional;
  } else {
    return false;
  }
}

template <class T>
Document print_structure(const T& value) {
  Document::Members members;
  members.reserve(std::tuple_size_v<std::remove_cvref_t<decltype(T::fields)>>);
  const auto print_one = [&](const auto& field) {
    const auto& member = value.*field.member;
    if (is_left_out(member, field.presence)) return;
    members.emplace_back(field.name, print(member));
  };
  std::apply([&](const auto&... fields) { (print_one(fields), ...); }, T::fields);
  return Document(std::move(members));
}

template <class T>
Document print_list(const T& values) {
  Document::List list;
  list.reserve(values.size());
  for (const auto& value : values) list.push_back(print<typename ElementOf<T>::Type>(value));
  return Document(std::move(list));
}

template <class T>
Document print_map(const T& values) {
  Document::Members members;
  for (const auto& [key, value] : values) members.emplace_back(key, print(value));
  return Document(std::move(members));
}

template <class T>
Document print(const T& value) {
  if constexpr (is_optional<T>) {
    return value ? print(*value) : Document();
  } else if constexpr (std::same_as<T, bool>) {
    return Document(Document::Value(value));
  } else if constexpr (std::integral<T>) {
    return Document(Document::Value(static_cast<std::int64_t>(value)));
  } else if constexpr (std::floating_point<T>) {
    return Document(Document::Value(static_cast<double>(value)));
  } else if constexpr (std::same_as<T, std::string> || std::same_as<T, TimePoint> ||
                       std::same_as<T, Bytes>) {
    return Document(Document::Value(value));
  } else if constexpr (std::same_as<T, SecretBytes>) {
    return Document(Document::Value(to_bytes(value.reveal())));
  } else if constexpr (std::is_enum_v<T>) {
    return Document(Document::Value(std::string(name_of(value))));
  } else if constexpr (Structure<T>) {
    return print_structure(value);
  } else if constexpr (is_list<T>) {
    return print_list(value);
  } else if constexpr (is_map<T>) {
    return print_map(value);
  } else {
    static_assert(TextValue<T>, "a type of the wire: see aws/fields.h");
    return Document(Document::Value(std::string(value.text())));
  }
}

}  // namespace everseal::aws::protocol
