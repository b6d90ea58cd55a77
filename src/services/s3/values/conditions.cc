#include "services/s3/values/conditions.h"

#include <algorithm>
#include <chrono>

#include "clock/time_text.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

std::string_view without_quotes(std::string_view tag) {
  while (!tag.empty() && tag.front() == ' ') tag.remove_prefix(1);
  while (!tag.empty() && tag.back() == ' ') tag.remove_suffix(1);
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"')
    tag = tag.substr(1, tag.size() - 2);
  return tag;
}

// A list of tags, or "*".
bool names(std::string_view list, std::string_view etag) {
  while (!list.empty()) {
    const auto tag = list.substr(0, list.find(','));
    list.remove_prefix(std::min(tag.size() + 1, list.size()));
    const auto plain = without_quotes(tag);
    if (plain == "*" || plain == etag) return true;
  }
  return false;
}

// Whole seconds: HTTP dates know no others.
bool is_modified_after(TimePoint modified_at, const std::string& date) {
  const auto since = parse_http_date(date);
  return !since || std::chrono::floor<std::chrono::seconds>(modified_at) > *since;
}
bool is_unmodified_since(TimePoint modified_at, const std::string& date) {
  const auto since = parse_http_date(date);
  return !since || std::chrono::floor<std::chrono::seconds>(modified_at) <= *since;
}

}  // namespace

Result<ReadAnswer, ApiError> may_read(const Conditions& conditions, std::string_view etag,
                                      TimePoint modified_at) {
  const auto& [match, none_match, modified_since, unmodified_since] = conditions;
  if (match) {
    if (!names(*match, etag)) return precondition_failed("If-Match");
  } else if (unmodified_since && !is_unmodified_since(modified_at, *unmodified_since)) {
    return precondition_failed("If-Unmodified-Since");
  }
  if (none_match) return names(*none_match, etag) ? ReadAnswer::NotModified : ReadAnswer::Send;
  if (modified_since && !is_modified_after(modified_at, *modified_since)) {
    return ReadAnswer::NotModified;
  }
  return ReadAnswer::Send;
}

Result<void, ApiError> may_write(const Conditions& conditions, std::string_view key,
                                 const std::optional<std::string>& etag) {
  if (conditions.if_none_match) {
    if (*conditions.if_none_match != "*") return not_implemented("If-None-Match");
    if (etag) return precondition_failed("If-None-Match");
  }
  if (conditions.if_match) {
    if (!etag) return no_such_key(key);
    if (!names(*conditions.if_match, *etag)) return precondition_failed("If-Match");
  }
  return {};
}

}  // namespace everseal::s3
