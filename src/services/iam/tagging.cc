#include "services/iam/tagging.h"

#include <iterator>
#include <utility>

#include "aws/tag_keys.h"
#include "services/iam/access_key_store.h"
#include "services/iam/errors.h"
#include "services/iam/identifiers.h"
#include "services/iam/pages.h"
#include "services/iam/tag_store.h"

namespace everseal::iam {

Result<void, ApiError> check_tags(const std::vector<shapes::Tag>& tags) {
  for (const shapes::Tag& tag : tags) {
    if (aws::is_reserved_tag_key(tag.key)) return reserved_tag_key();
  }
  if (shapes::has_duplicates(tags)) return duplicate_tags();
  return {};
}

Result<void, ApiError> add_tags(sql::Transaction& tx, std::string_view owner_id,
                                const std::vector<shapes::Tag>& tags, std::string_view quota) {
  constexpr std::int64_t most = 50;
  if (auto fine = check_tags(tags); !fine) return fine;
  const auto put = put_tags(tx, owner_id, shapes::pairs(tags));
  if (!put) return put.error();
  const auto all = tags_of(tx, owner_id);
  if (!all) return all.error();
  if (std::ssize(*all) > most) return over_quota(quota, most);
  return {};
}

Result<void, ApiError> take_tags(sql::Transaction& tx, std::string_view owner_id,
                                 const std::vector<std::string>& keys) {
  for (const auto& key : keys) {
    const auto removed = remove_tag(tx, owner_id, key);
    if (!removed) return removed.error();
  }
  return {};
}

Result<TagPage, ApiError> page_of_tags(sql::Snapshot& view, const aws::Call& call,
                                       const std::string& owner_id, const PageRequest& request) {
  const auto page = page_of(request.operation, call, owner_id, request.marker, request.max_items);
  if (!page) return page.error();
  auto tags = tags_of(view, owner_id);
  if (!tags) return tags.error();
  std::erase_if(*tags, [&](const auto& tag) { return folded(tag.first) <= page->after(); });
  TagPage response;
  response.marker = page->cut(*tags, [](const auto& tag) { return folded(tag.first); });
  response.is_truncated = response.marker.has_value();
  response.tags = shapes::shown(*tags);
  return response;
}

Outcome forget_keys(sql::Transaction& tx, Directory& directory, std::string_view user_id) {
  constexpr std::int64_t most = 100;  // there are two
  auto keys = list_access_keys(tx, user_id, /*after=*/"", most);
  if (!keys) return keys.error();
  for (AccessKey& key : *keys) directory.forget_key(tx, std::move(key.id));
  return {};
}

aws::Access with_tag_keys(aws::Access access, const std::vector<std::string>& keys) {
  access.context.emplace_back("aws:TagKeys", keys);
  return access;
}

}  // namespace everseal::iam
