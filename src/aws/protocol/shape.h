#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "aws/api_error.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "secret/secret.h"

// What `fields` say, as a table that ordinary functions can walk: they check, print and read all
// types of the program, so that an operation adds data to it and hardly any code.
namespace everseal::aws::protocol {

struct Member;

// Why a text is not of its type: the type's own error, or, if it has none, a violation of the
// pattern that the type names (which may be empty).
struct NotWellFormed {
  std::string_view pattern;
};
using TextRefusal = std::variant<ApiError, NotWellFormed>;

struct Shape {
  enum class Kind {
    Text,
    Boolean,
    Integer,
    Number,
    Time,
    Blob,
    Secret,  // a blob that is never shown
    Enumeration,
    Value,  // a text with a `parse` of its own
    Structure,
    List,
    Map,
  };
  Kind kind;
  std::int64_t least = 0, most = 0;                                   // Integer: of the type
  std::span<const std::string_view> names{};                          // Enumeration
  std::optional<TextRefusal> (*refusal)(std::string_view) = nullptr;  // Value: what its parse says
  std::span<const Member> members{};                                  // Structure
  const Shape* element = nullptr;                                     // List, Map
};

struct Member {
  std::string_view name;
  const Shape* shape;
  Presence presence;
  Constraints constraints;
  Constraints element_constraints;
  Binding binding;
  XmlList xml_list;
  bool is_sensitive;
};

// Types that are texts on the wire.
template <class T>
concept TextValue = requires(std::string_view text, const T& value) {
  { T::parse(text).has_value() } -> std::same_as<bool>;
  { value.text() } -> std::convertible_to<std::string_view>;
};
template <class T>
concept Structure = requires { T::fields; };

template <class T>
struct ElementOf;
template <class T>
struct ElementOf<std::vector<T>> {
  using Type = T;
};
template <class T>
struct ElementOf<std::map<std::string, T>> {
  using Type = T;
};
template <class T>
struct ElementOf<std::optional<T>> {
  using Type = T;
};
template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = !std::same_as<T, std::uint8_t>;
template <class T>
inline constexpr bool is_map = false;
template <class T>
inline constexpr bool is_map<std::map<std::string, T>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
constexpr Shape make_shape();
template <class T>
inline constexpr Shape shape_of = make_shape<T>();

template <class Owner, class T>
constexpr Member to_member(const Field<Owner, T>& field) {
  return {field.name,
          &shape_of<T>,
          field.presence,
          field.constraints,
          field.element_constraints,
          field.binding,
          field.xml_list,
          field.is_sensitive};
}
template <class T>
inline constexpr auto members_of = std::apply(
    [](const auto&... fields) {
      return std::array<Member, sizeof...(fields)>{to_member(fields)...};
    },
    T::fields);
// Whether the fields name every member of T.
struct Anything {
  template <class T>
  operator T() const;  // NOLINT(google-explicit-constructor): stands for any member
};
template <class T, std::size_t... Index>
consteval bool has_more_members_than(std::index_sequence<Index...>) {
  return requires { T{((void)Index, Anything{})..., Anything{}}; };
}
template <class T>
inline constexpr bool fields_name_every_member =
    !has_more_members_than<T>(std::make_index_sequence<members_of<T>.size()>{});

template <class E>
inline constexpr auto spellings_of = [] {
  std::array<std::string_view, names_of<E>.size()> spellings{};
  for (std::size_t i = 0; i < spellings.size(); ++i) spellings[i] = names_of<E>[i].name;
  return spellings;
}();

template <class T>
std::optional<TextRefusal> refusal_of(std::string_view text) {
  const auto parsed = T::parse(text);
  if (parsed) return std::nullopt;
  if constexpr (std::same_as<std::remove_cvref_t<decltype(parsed.error())>, ApiError>) {
    return parsed.error();
  } else if constexpr (requires { std::string_view(T::pattern); }) {
    return NotWellFormed{T::pattern};
  } else {
    return NotWellFormed{};
  }
}

template <class T>
constexpr Shape make_shape() {
  using Kind = Shape::Kind;
  if constexpr (is_optional<T>) {
    return shape_of<typename ElementOf<T>::Type>;
  } else if constexpr (std::same_as<T, std::string>) {
    return {.kind = Kind::Text};
  } else if constexpr (std::same_as<T, bool>) {
    return {.kind = Kind::Boolean};
  } else if constexpr (std::integral<T>) {
    static_assert(sizeof(T) < 8 || std::signed_integral<T>, "the wire knows 64 bits with a sign");
    return {.kind = Kind::Integer,
            .least = std::numeric_limits<T>::min(),
            .most = std::numeric_limits<T>::max()};
  } else if constexpr (std::floating_point<T>) {
    return {.kind = Kind::Number};
  } else if constexpr (std::same_as<T, TimePoint>) {
    return {.kind = Kind::Time};
  } else if constexpr (std::same_as<T, Bytes>) {
    return {.kind = Kind::Blob};
  } else if constexpr (std::same_as<T, SecretBytes>) {
    return {.kind = Kind::Secret};
  } else if constexpr (std::is_enum_v<T>) {
    static_assert(names_of<T>.size() > 0, "the enumeration needs its names_of");
    return {.kind = Kind::Enumeration, .names = spellings_of<T>};
  } else if constexpr (Structure<T>) {
    return {.kind = Kind::Structure, .members = members_of<T>};
  } else if constexpr (is_list<T>) {
    return {.kind = Kind::List, .element = &shape_of<typename ElementOf<T>::Type>};
  } else if constexpr (is_map<T>) {
    return {.kind = Kind::Map, .element = &shape_of<typename ElementOf<T>::Type>};
  } else {
    static_assert(TextValue<T>, "a type of the wire: see aws/fields.h");
    return {.kind = Kind::Value, .refusal = &refusal_of<T>};
  }
}

}  // namespace everseal::aws::protocol
