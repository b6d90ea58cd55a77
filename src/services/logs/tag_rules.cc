#include "services/logs/tag_rules.h"

#include "aws/tag_keys.h"
#include "encoding/utf8.h"
#include "services/logs/errors.h"
#include "services/logs/group_store.h"

namespace everseal::logs {
namespace {

constexpr std::size_t longest_key = 128;

Result<void, ApiError> check_key(const std::string& key) {
  if (key.empty() || encoding::utf8_length(key).value_or(0) > longest_key) {
    return invalid("The key of a tag must have 1 to 128 characters.");
  }
  if (aws::is_reserved_tag_key(key)) {
    return invalid("aws: prefixed tag key names are not allowed for external use.");
  }
  return {};
}

}  // namespace

Result<void, ApiError> give_tags(sql::Transaction& tx, std::int64_t group, const TagMap& tags) {
  for (const auto& [key, value] : tags) {
    if (auto fine = check_key(key); !fine) return fine;
    if (const auto put = put_tag(tx, group, key, value); !put) return ApiError(put.error());
  }
  const auto all = tags_of(tx, group);
  if (!all) return ApiError(all.error());
  if (all->size() > most_tags) return too_many_tags();
  return {};
}

void add_tag_context(aws::Access& access, const TagMap& tags) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : tags) {
    keys.push_back(key);
    access.context.push_back({"aws:RequestTag/" + key, {value}});
  }
  add_tag_context(access, keys);
}

void add_tag_context(aws::Access& access, const std::vector<std::string>& keys) {
  if (!keys.empty()) access.context.push_back({"aws:TagKeys", keys});
}

}  // namespace everseal::logs
