#pragma once

#include <initializer_list>
#include <string>
#include <tuple>
#include <utility>

#include "aws/api_error.h"
#include "aws/document.h"
#include "aws/protocol/facts.h"
#include "aws/protocol/leaf.h"
#include "aws/protocol/shape.h"
#include "result/result.h"

// From a document to the struct that its fields declare.
namespace everseal::aws::protocol {

// Whether the document fits the shape, or everything that is wrong with it, in AWS's words:
//   a member has another type             -> SerializationException, the first one only
//   constraints of the model are violated -> ValidationException: "2 validation errors detected:
//       Value '[]' at 'tags' failed to satisfy constraint: Member must have length greater than or
//       equal to 1; Value null at 'certificateArn' failed to satisfy constraint: Member must not
//       be null"
//   a value type's own parse refuses      -> its error, the first one only
// in this order. Members that the shape does not know are ignored, null ones count as absent. The
// names of the errors are those of the protocol. Sensitive values and octets are never repeated.
Result<void, ApiError> check(const Document& document, const Shape& shape, Protocol protocol);

// A checked document as a T.
template <class T>
T build(const Document& document);

// Both.
template <class T>
Result<T, ApiError> read(const Document& document, Protocol protocol = Protocol::AwsJson11) {
  const auto fits = check(document, shape_of<T>, protocol);
  if (!fits) return fits.error();
  return build<T>(document);
}

// Whether some member of it, however deep, is read into SecretBytes.
bool has_secrets(const Shape& shape);
// Overwrites the texts that were read into SecretBytes.
void wipe_secrets(Document& document, const Shape& shape);

// The member, unless it is absent or null.
const Document* present(const Document& structure, std::string_view name);
// The elements of a list; an empty text is an empty list.
const Document::List& elements_of(const Document& list);
const Document::Members& entries_of(const Document& map);

// Sets the members that are present.
template <class T>
void build_members(T& owner, const Document& document) {
  const auto build_one = [&](const auto& field) {
    const Document* found = present(document, field.name);
    if (found == nullptr) return;
    auto& member = owner.*field.member;
    member = build<std::remove_cvref_t<decltype(member)>>(*found);
  };
  std::apply([&](const auto&... fields) { (build_one(fields), ...); }, T::fields);
}

// A member of a type without a default: it is required, and so present.
template <class Owner, class T>
T build_member(const Document& document, const Field<Owner, T>& field) {
  const Document* found = present(document, field.name);
  if constexpr (std::is_default_constructible_v<T>) {
    if (found == nullptr) return T{};
  }
  return build<T>(*found);
}

// Throws std::logic_error unless each address is above the one before.
void expect_ascending(std::initializer_list<const void*> addresses);

// Types with a member that has no default, such as an Arn, are made from all members at once: so
// their fields name every member, in the order of declaration.
template <class T>
T build_at_once(const Document& document) {
  static_assert(fields_name_every_member<T>, "name every member in the fields");
  return std::apply(
      [&](const auto&... fields) {
        T owner{build_member(document, fields)...};
        expect_ascending({&(owner.*fields.member)...});
        return owner;
      },
      T::fields);
}

template <class T>
T build_structure(const Document& document) {
  if constexpr (std::is_default_constructible_v<T>) {
    T owner{};
    build_members(owner, document);
    return owner;
  } else {
    return build_at_once<T>(document);
  }
}

template <class T>
T build_list(const Document& document) {
  T list;
  const auto& elements = elements_of(document);
  list.reserve(elements.size());
  for (const auto& element : elements) {
    list.push_back(build<typename ElementOf<T>::Type>(element));
  }
  return list;
}

template <class T>
T build_map(const Document& document) {
  T map;
  for (const auto& [key, value] : entries_of(document)) {
    map.insert_or_assign(key, build<typename ElementOf<T>::Type>(value));
  }
  return map;
}

template <class T>
T build(const Document& document) {
  if constexpr (is_optional<T>) {
    return build<typename ElementOf<T>::Type>(document);
  } else if constexpr (std::same_as<T, std::string>) {
    return *as_text(document);
  } else if constexpr (std::same_as<T, bool>) {
    return *as_boolean(document);
  } else if constexpr (std::integral<T>) {
    return static_cast<T>(*as_integer(document));
  } else if constexpr (std::floating_point<T>) {
    return static_cast<T>(*as_number(document));
  } else if constexpr (std::same_as<T, TimePoint>) {
    return *as_time(document);
  } else if constexpr (std::same_as<T, Bytes>) {
    return *as_blob(document);
  } else if constexpr (std::same_as<T, SecretBytes>) {
    return SecretBytes(*as_blob(document));
  } else if constexpr (std::is_enum_v<T>) {
    return *named<T>(*as_text(document));
  } else if constexpr (Structure<T>) {
    return build_structure<T>(document);
  } else if constexpr (is_list<T>) {
    return build_list<T>(document);
  } else if constexpr (is_map<T>) {
    return build_map<T>(document);
  } else {
    return *T::parse(*as_text(document));
  }
}

}  // namespace everseal::aws::protocol
