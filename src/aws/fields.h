#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

namespace everseal::aws {

// What a request may hold, declared beside its members; one list serves parser, printer and the
// comparison with the published model:
//
//   struct Request {
//     std::string certificate_arn;
//     std::optional<std::string> idempotency_token;
//     std::vector<Tag> tags;
//     static constexpr auto fields = std::tuple{
//         aws::required("CertificateArn", &Request::certificate_arn, aws::length(20, 2048)),
//         aws::optional("IdempotencyToken", &Request::idempotency_token, aws::length(1, 32),
//                       aws::pattern("\\w+")),
//         aws::optional("Tags", &Request::tags, aws::length(1, 50))};
//   };
//
// Types of a member: std::string, bool, integers, double, TimePoint, Bytes and SecretBytes (base64
// on the wire), an enum with `names_of`, a struct with `fields`, std::vector of those,
// std::map<std::string, std::string>, std::optional of those; and value types that have `static
// Result<T, ApiError> parse(std::string_view)` and `std::string text() const`. An optional member
// is a std::optional, or a vector or map that may be empty. Responses are declared the same way;
// empty optionals are left out of the answer, empty lists are left out unless `always`.

// Length of a text in characters, of a blob in octets, of a list or map in elements; value of a
// number; shape of a text. Counted in when violated, in AWS's words.
struct Constraints {
  std::optional<std::int64_t> shortest, longest;
  std::optional<std::int64_t> least, most;
  std::string_view pattern;  // as AWS prints it
  std::string_view re2;      // the same for RE2, where AWS's has look-around
};

struct Length { std::int64_t shortest, longest; };
struct Range { std::int64_t least, most; };
struct Pattern { std::string_view aws, re2; };
struct Each { Constraints of_elements; };

constexpr Length length(std::int64_t shortest, std::int64_t longest) { return {shortest, longest}; }
constexpr Range range(std::int64_t least, std::int64_t most) { return {least, most}; }
constexpr Pattern pattern(std::string_view aws, std::string_view re2 = {}) { return {aws, re2}; }

constexpr void apply(Constraints& all, Length l) { all.shortest = l.shortest; all.longest = l.longest; }
constexpr void apply(Constraints& all, Range r) { all.least = r.least; all.most = r.most; }
constexpr void apply(Constraints& all, Pattern p) { all.pattern = p.aws; all.re2 = p.re2; }

// The constraints of each element of a list, or of each value of a map.
template <class... Rules>
constexpr Each each(Rules... rules) {
  Each result{};
  (apply(result.of_elements, rules), ...);
  return result;
}

enum class Presence { Required, Optional, Always };

template <class Owner, class T>
struct Field {
  std::string_view name;  // as on the wire: "CertificateArn"
  T Owner::*member;
  Presence presence;
  Constraints constraints{};
  Constraints element_constraints{};
};

template <class Owner, class T>
constexpr void apply(Field<Owner, T>& field, Each each) { field.element_constraints = each.of_elements; }
template <class Owner, class T, class Rule>
constexpr void apply(Field<Owner, T>& field, Rule rule) { apply(field.constraints, rule); }

template <class Owner, class T, class... Rules>
constexpr Field<Owner, T> make_field(Presence presence, std::string_view name, T Owner::*member,
                                     Rules... rules) {
  Field<Owner, T> field{name, member, presence};
  (apply(field, rules), ...);
  return field;
}
template <class Owner, class T, class... Rules>
constexpr Field<Owner, T> required(std::string_view name, T Owner::*member, Rules... rules) {
  return make_field(Presence::Required, name, member, rules...);
}
template <class Owner, class T, class... Rules>
constexpr Field<Owner, T> optional(std::string_view name, T Owner::*member, Rules... rules) {
  return make_field(Presence::Optional, name, member, rules...);
}
// In a response: written even when the list is empty.
template <class Owner, class T, class... Rules>
constexpr Field<Owner, T> always(std::string_view name, T Owner::*member, Rules... rules) {
  return make_field(Presence::Always, name, member, rules...);
}

// The spellings of an enumeration, in the model's order:
//   template <> inline constexpr auto everseal::aws::names_of<CaType> =
//       std::to_array<aws::EnumName<CaType>>({{CaType::Root, "ROOT"}, ...});
template <class E>
struct EnumName {
  E value;
  std::string_view name;
};
template <class E>
inline constexpr auto names_of = std::array<EnumName<E>, 0>{};

template <class E>
constexpr std::string_view name_of(E value) {
  for (const auto& [candidate, name] : names_of<E>) {
    if (candidate == value) return name;
  }
  return {};
}
template <class E>
constexpr std::optional<E> named(std::string_view name) {
  for (const auto& [value, candidate] : names_of<E>) {
    if (candidate == name) return value;
  }
  return std::nullopt;
}

// An operation without input or without output.
struct Empty {
  static constexpr auto fields = std::tuple{};
};

}  // namespace everseal::aws
