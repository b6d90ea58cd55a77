#include "aws/protocol/rest.h"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

#include "aws/protocol/leaf.h"
#include "aws/protocol/read.h"
#include "clock/time_text.h"
#include "encoding/ascii.h"
#include "encoding/percent.h"
#include "encoding/utf8.h"

namespace everseal::aws::protocol {
namespace {

using Place = Binding::Place;
using Parameters = std::vector<std::pair<std::string, std::string>>;

std::string_view before_query(std::string_view uri) { return uri.substr(0, uri.find('?')); }
std::string_view after_path(std::string_view uri) {
  const auto mark = uri.find('?');
  return mark == uri.npos ? std::string_view() : uri.substr(mark + 1);
}

// Takes the first piece off the text.
std::string_view next_piece(std::string_view& text, char separator) {
  const auto piece = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(piece.size() + 1, text.size()));
  return piece;
}

Result<std::string> decoded(std::string_view text) {
  auto plain = encoding::percent_decode(text);
  if (plain && !encoding::utf8_length(*plain)) return Fault::malformed("path or query: not UTF-8");
  return plain;
}

Result<Parameters> parameters_of(std::string_view query) {
  Parameters parameters;
  while (!query.empty()) {
    const auto piece = next_piece(query, '&');
    if (piece.empty()) continue;
    const auto equals = std::min(piece.find('='), piece.size());
    auto name = decoded(piece.substr(0, equals));
    if (!name) return name.error();
    auto value = decoded(piece.substr(std::min(equals + 1, piece.size())));
    if (!value) return value.error();
    parameters.emplace_back(*std::move(name), *std::move(value));
  }
  return parameters;
}

bool has_query(std::string_view wanted, std::string_view query) {
  const auto parameters = parameters_of(query);
  if (!parameters) return wanted.empty();
  while (!wanted.empty()) {
    const auto piece = next_piece(wanted, '&');
    const auto equals = piece.find('=');
    const bool found = std::ranges::any_of(*parameters, [&](const auto& parameter) {
      return parameter.first == piece.substr(0, equals) &&
             (equals == piece.npos || parameter.second == piece.substr(equals + 1));
    });
    if (!found) return false;
  }
  return true;
}

bool is_label(std::string_view segment) {
  return segment.starts_with('{') && segment.ends_with('}');
}
bool is_greedy(std::string_view segment) { return segment.ends_with("+}"); }

bool take_label(std::string_view segment, std::string_view encoded, Labels& labels) {
  auto value = decoded(encoded);
  if (!value || value->empty()) return false;
  segment.remove_prefix(1);
  segment.remove_suffix(is_greedy(segment) ? 2 : 1);
  labels.insert_or_assign(std::string(segment), *std::move(value));
  return true;
}

std::optional<Labels> match_path(std::string_view pattern, std::string_view path) {
  Labels labels;
  pattern.remove_prefix(std::min<std::size_t>(1, pattern.size()));
  path.remove_prefix(std::min<std::size_t>(1, path.size()));
  while (!pattern.empty()) {
    const auto segment = next_piece(pattern, '/');
    if (is_label(segment) && is_greedy(segment)) {
      if (!take_label(segment, path, labels)) return std::nullopt;
      return labels;
    }
    const auto piece = next_piece(path, '/');
    if (is_label(segment) ? !take_label(segment, piece, labels) : segment != piece) {
      return std::nullopt;
    }
  }
  if (!path.empty()) return std::nullopt;
  return labels;
}

std::string_view wire_name(const Member& member) {
  return member.binding.name.empty() ? member.name : member.binding.name;
}

Document untyped(std::string_view text) { return Document(Document::Untyped{std::string(text)}); }

bool is_claimed(const Shape& shape, std::string_view parameter) {
  return std::ranges::any_of(shape.members, [&](const Member& member) {
    return member.binding.place == Place::Query && member.shape->kind != Shape::Kind::Map &&
           wire_name(member) == parameter;
  });
}

Document from_query(const Member& member, const Shape& input, const Parameters& parameters) {
  Document::List list;
  Document::Members map;
  Document last;
  for (const auto& [name, value] : parameters) {
    if (!is_claimed(input, name)) map.emplace_back(name, untyped(value));
    if (name != wire_name(member)) continue;
    list.push_back(untyped(value));
    last = untyped(value);
  }
  if (member.shape->kind == Shape::Kind::Map) return Document(std::move(map));
  if (member.shape->kind == Shape::Kind::List && !list.empty()) return Document(std::move(list));
  return last;
}

Document from_headers(const Member& member, const http::Headers& headers) {
  if (member.shape->kind != Shape::Kind::Map) {
    const auto found = headers.find(wire_name(member));
    return found ? untyped(*found) : Document();
  }
  const auto prefix = encoding::lower_case(wire_name(member));
  Document::Members map;
  for (const auto& header : headers) {
    const auto name = encoding::lower_case(header.name);
    if (name.starts_with(prefix))
      map.emplace_back(name.substr(prefix.size()), untyped(header.value));
  }
  return Document(std::move(map));
}

std::string header_text(const Document& value) {
  const auto* time = value.as<TimePoint>();
  return time != nullptr ? to_http_date(*time) : leaf_text(value);
}

void print_header(const Member& member, const Document& value, http::Headers& headers) {
  if (member.shape->kind != Shape::Kind::Map) {
    headers.set(wire_name(member), header_text(value));
    return;
  }
  for (const auto& [name, entry] : entries_of(value)) {
    headers.set(std::string(wire_name(member)) + name, header_text(entry));
  }
}

}  // namespace

std::optional<Labels> match(const Http& http, const http::RequestHead& head) {
  if (http.method != head.method) return std::nullopt;
  if (!http.header.empty() && !head.headers.contains(http.header)) return std::nullopt;
  if (!has_query(after_path(http.uri), head.query())) return std::nullopt;
  return match_path(before_query(http.uri), head.path());
}

std::size_t weight(const Http& http) {
  std::size_t weight = http.header.empty() ? 0 : 50;
  for (auto query = after_path(http.uri); !query.empty(); next_piece(query, '&')) weight += 100;
  for (auto path = before_query(http.uri); !path.empty();) {
    const auto segment = next_piece(path, '/');
    weight += is_label(segment) ? (is_greedy(segment) ? 1 : 2) : 4;
  }
  return weight;
}

Result<Document::Members> read_bound(const http::RequestHead& head,
                                     const OperationFacts& operation) {
  const auto labels = match(operation.http, head);
  if (!labels) return Fault::malformed("the path is not that of the operation");
  const auto parameters = parameters_of(head.query());
  if (!parameters) return parameters.error();
  Document::Members members;
  for (const auto& member : operation.input->members) {
    Document value;
    if (member.binding.place == Place::Label) {
      const auto label = labels->find(member.name);
      if (label != labels->end()) value = untyped(label->second);
    } else if (member.binding.place == Place::Query) {
      value = from_query(member, *operation.input, *parameters);
    } else if (member.binding.place == Place::Header) {
      value = from_headers(member, head.headers);
    }
    if (!value.is_null()) members.emplace_back(member.name, std::move(value));
  }
  return members;
}

const Member* payload_of(const Shape& shape) {
  const auto found = std::ranges::find_if(
      shape.members, [](const Member& member) { return member.binding.place == Place::Payload; });
  return found == shape.members.end() ? nullptr : &*found;
}

Document raw_payload(const Member& payload, std::string_view body) {
  const auto kind = payload.shape->kind;
  if (kind == Shape::Kind::Blob || kind == Shape::Kind::Secret) return Document(to_bytes(body));
  return untyped(body);
}

void print_bound(const Document& output, const Shape& shape, http::Response& response) {
  for (const auto& member : shape.members) {
    const Document* value = present(output, member.name);
    if (value == nullptr) continue;
    if (member.binding.place == Place::Header) print_header(member, *value, response.headers);
    if (member.binding.place == Place::Status) {
      response.status = static_cast<int>(as_integer(*value).value_or(response.status));
    }
  }
}

std::string raw_body(const Document& payload) {
  const auto* octets = payload.as<Bytes>();
  return octets != nullptr ? to_text(*octets) : leaf_text(payload);
}

Document body_of(const Document& output, const Shape& shape) {
  Document::Members members;
  for (const auto& member : shape.members) {
    const Document* value = present(output, member.name);
    if (value != nullptr && member.binding.place == Place::Body) {
      members.emplace_back(member.name, *value);
    }
  }
  return Document(std::move(members));
}

}  // namespace everseal::aws::protocol
