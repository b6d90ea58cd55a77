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

// Where HTTP carries a member is declared the same way, and only by services of the rest protocols:
//
//         aws::required("FunctionName", &Request::function_name, aws::in_label()),
//         aws::optional("Qualifier", &Request::qualifier, aws::in_query("Qualifier")),
//         aws::optional("Payload", &Request::payload, aws::as_payload())

// Length of a text in characters, of a blob in octets, of a list or map in elements; value of a
// number; shape of a text (all of it must match). Counted in when violated, in AWS's words.
struct Constraints {
  std::optional<std::int64_t> shortest, longest;
  std::optional<std::int64_t> least, most;
  std::string_view pattern;  // as AWS prints it
  std::string_view re2;      // the same for RE2, where AWS's has look-around
};

struct Length {
  std::int64_t shortest, longest;
};
struct Range {
  std::int64_t least, most;
};
struct Pattern {
  std::string_view aws, re2;
};
struct Each {
  Constraints of_elements;
};

// Where a member of a request or response travels in the rest protocols.
struct Binding {
  enum class Place {
    Body,     // a member of the JSON or XML document
    Label,    // "{name}" in the path
    Query,    // a query parameter; of a map: all parameters that no other member claims
    Header,   // a header; of a map: all headers whose names begin so
    Payload,  // the whole body: raw octets or text, or of a structure its document
    Status,   // the status code of the response
    Content,  // the text of the XML root itself: GetBucketLocation
  };
  Place place = Place::Body;
  std::string_view name;  // in the query or header; empty: as the member
};
// How XML writes a list: within an element of the member's name, an element for each; or flattened:
// elements of the member's name one after the other.
struct XmlList {
  bool flattened = false;
  std::string_view element = "member";
};
struct Sensitive {};

constexpr Length length(std::int64_t shortest, std::int64_t longest) { return {shortest, longest}; }
constexpr Range range(std::int64_t least, std::int64_t most) { return {least, most}; }
constexpr Pattern pattern(std::string_view aws, std::string_view re2 = {}) { return {aws, re2}; }

constexpr Binding in_label() { return {Binding::Place::Label, {}}; }
constexpr Binding in_query(std::string_view name = {}) { return {Binding::Place::Query, name}; }
constexpr Binding in_header(std::string_view name) { return {Binding::Place::Header, name}; }
constexpr Binding as_payload() { return {Binding::Place::Payload, {}}; }
constexpr Binding as_status() { return {Binding::Place::Status, {}}; }
constexpr Binding as_content() { return {Binding::Place::Content, {}}; }
constexpr XmlList flattened() { return {true, {}}; }
constexpr XmlList elements_named(std::string_view element) { return {false, element}; }
// Never repeated in a message: a private key, a policy's secret. SecretBytes always are.
constexpr Sensitive sensitive() { return {}; }

constexpr void apply(Constraints& all, Length l) {
  all.shortest = l.shortest;
  all.longest = l.longest;
}
constexpr void apply(Constraints& all, Range r) {
  all.least = r.least;
  all.most = r.most;
}
constexpr void apply(Constraints& all, Pattern p) {
  all.pattern = p.aws;
  all.re2 = p.re2;
}

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
  T Owner::* member;
  Presence presence;
  Constraints constraints{};
  Constraints element_constraints{};
  Binding binding{};
  XmlList xml_list{};
  bool is_sensitive = false;
};

template <class Owner, class T>
constexpr void apply(Field<Owner, T>& field, Each each) {
  field.element_constraints = each.of_elements;
}
template <class Owner, class T>
constexpr void apply(Field<Owner, T>& field, Binding binding) {
  field.binding = binding;
}
template <class Owner, class T>
constexpr void apply(Field<Owner, T>& field, XmlList form) {
  field.xml_list = form;
}
template <class Owner, class T>
constexpr void apply(Field<Owner, T>& field, Sensitive) {
  field.is_sensitive = true;
}
template <class Owner, class T, class Rule>
constexpr void apply(Field<Owner, T>& field, Rule rule) {
  apply(field.constraints, rule);
}

template <class Owner, class T, class... Rules>
constexpr Field<Owner, T> make_field(Presence presence, std::string_view name, T Owner::* member,
                                     Rules... rules) {
  Field<Owner, T> field{name, member, presence};
  (apply(field, rules), ...);
  return field;
}
template <class Owner, class T, class... Rules>
constexpr Field<Owner, T> required(std::string_view name, T Owner::* member, Rules... rules) {
  return make_field(Presence::Required, name, member, rules...);
}
template <class Owner, class T, class... Rules>
constexpr Field<Owner, T> optional(std::string_view name, T Owner::* member, Rules... rules) {
  return make_field(Presence::Optional, name, member, rules...);
}
// In a response: written even when the list is empty.
template <class Owner, class T, class... Rules>
constexpr Field<Owner, T> always(std::string_view name, T Owner::* member, Rules... rules) {
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
