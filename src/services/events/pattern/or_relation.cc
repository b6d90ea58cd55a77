#include <algorithm>
#include <array>

#include "services/events/pattern/compiler.h"

namespace everseal::events {
namespace {

using Kind = json::Value::Kind;

constexpr std::array<std::string_view, 9> kOperators{
    "exactly", "prefix", "suffix",  "equals-ignore-case", "anything-but", "numeric",
    "cidr",    "exists", "wildcard"};

bool is_alternative(const json::Value& value) {
  return value.kind == Kind::Object && std::ranges::none_of(value.members, [](const auto& member) {
           return std::ranges::find(kOperators, member.name) != kOperators.end();
         });
}

std::size_t capped(std::size_t count) { return std::min(count, Pattern::most_combinations + 1); }

std::size_t of_member(const json::Member& member) {
  if (!is_or_relation(member))
    return member.value.kind == Kind::Object ? combinations(member.value) : 1;
  std::size_t sum = 0;
  for (const auto& alternative : member.value.elements) sum += combinations(alternative);
  return sum;
}

}  // namespace

bool is_or_relation(const json::Member& member) {
  return member.name == "$or" && member.value.kind == Kind::Array &&
         member.value.elements.size() >= 2 &&
         std::ranges::all_of(member.value.elements, is_alternative);
}

std::size_t combinations(const json::Value& object) {
  std::size_t product = 1;
  for (const auto& member : object.members) product = capped(product * capped(of_member(member)));
  return product;
}

}  // namespace everseal::events
