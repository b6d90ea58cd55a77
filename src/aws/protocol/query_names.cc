#include "aws/protocol/query_names.h"

#include <algorithm>
#include <string>
#include <utility>

#include "aws/protocol/read.h"
#include "encoding/percent.h"

namespace everseal::aws::protocol {
namespace {

using Kind = Shape::Kind;

void rename(Document& structure, const ServiceFacts& service, const Shape& shape);

// Entries without a key are left out.
Document to_map(const Document& entries, const QueryName& name) {
  Document::Members members;
  for (const auto& entry : elements_of(entries)) {
    const Document* key = present(entry, name.key);
    const Document* value = present(entry, name.value);
    if (key == nullptr || !as_text(*key)) continue;
    members.emplace_back(*as_text(*key), value == nullptr ? Document() : *value);
  }
  return Document(std::move(members));
}

void rename_below(Document& value, const ServiceFacts& service, const Shape& shape) {
  if (shape.kind == Kind::Structure) rename(value, service, shape);
  if (auto* list = std::get_if<Document::List>(&value.value()); list && shape.element) {
    for (auto& element : *list) rename_below(element, service, *shape.element);
  }
}

void rename(Document& structure, const ServiceFacts& service, const Shape& shape) {
  auto* members = std::get_if<Document::Members>(&structure.value());
  if (members == nullptr) return;
  for (const Member& member : shape.members) {
    const QueryName* name = query_name(service, member.name);
    const auto wire = name == nullptr ? member.name : name->wire;
    const auto found = std::ranges::find(*members, wire, &std::pair<std::string, Document>::first);
    if (found == members->end()) continue;
    if (name != nullptr && member.shape->kind == Kind::Map)
      found->second = to_map(found->second, *name);
    found->first = member.name;
    rename_below(found->second, service, *member.shape);
  }
}

bool has_member(const Shape& shape, std::string_view name) {
  return std::ranges::find(shape.members, name, &Member::name) != shape.members.end();
}

void take_path(Document& input, const http::RequestHead& head, const ServiceFacts& service,
               const Shape& shape) {
  const auto name = service.path_member;
  if (name.empty() || head.path() == "/" || !has_member(shape, name) || present(input, name))
    return;
  auto path = encoding::percent_decode(head.path());
  auto* members = std::get_if<Document::Members>(&input.value());
  if (!path || members == nullptr) return;
  if (path->ends_with('/')) path->pop_back();
  members->emplace_back(std::string(name), Document(*std::move(path)));
}

}  // namespace

const QueryName* query_name(const ServiceFacts& service, std::string_view member) {
  const auto found = std::ranges::find(service.query_names, member, &QueryName::member);
  return found == service.query_names.end() ? nullptr : &*found;
}

QueryError query_error(const ServiceFacts& service, const ApiError& error) {
  const auto found = std::ranges::find(service.query_errors, error.code, &QueryError::code);
  if (found != service.query_errors.end()) return *found;
  return {error.code, error.code, error.http_status};
}

void take_query_names(Document& input, const http::RequestHead& head, const ServiceFacts& service,
                      const Shape& shape) {
  rename(input, service, shape);
  take_path(input, head, service, shape);
}

}  // namespace everseal::aws::protocol
