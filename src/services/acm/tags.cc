#include "services/acm/tags.h"

#include <string>
#include <utility>

#include "aws/tag_keys.h"
#include "services/acm/errors.h"

namespace everseal::acm {

std::optional<ApiError> refuse_tags(const std::vector<Tag>& tags, std::size_t limit) {
  aws::TagKeys keys;
  for (const auto& tag : tags) {
    if (aws::is_reserved_tag_key(tag.key)) return reserved_tag(tag.key);
    if (!keys.add(tag.key)) return tag_given_twice(tag.key);
  }
  if (tags.size() > limit) return too_many_tags(limit);
  return std::nullopt;
}

std::optional<ApiError> refuse_set(const aws::Tags& tags, std::size_t limit) {
  aws::TagKeys keys;
  for (const auto& [key, value] : tags) {
    if (!keys.add(key)) return tag_given_twice(key);
  }
  if (tags.size() > limit) return too_many_tags(limit);
  return std::nullopt;
}

Result<aws::Tags> tags_of(sql::Snapshot& view, std::string_view certificate_arn) {
  const auto rows = view.all(
      "SELECT tag_key, tag_value FROM acm_tag WHERE arn = $1 ORDER BY tag_key", certificate_arn);
  if (!rows) return rows.error();
  aws::Tags tags;
  for (const auto& row : *rows) tags.emplace_back(row.text(0), row.text(1));
  return tags;
}

Outcome put_tags(sql::Transaction& tx, std::string_view certificate_arn,
                 const std::vector<Tag>& tags) {
  for (const auto& tag : tags) {
    const auto put = tx.run(
        "INSERT INTO acm_tag (arn, tag_key, tag_value) VALUES ($1, $2, $3) "
        "ON CONFLICT (arn, tag_key) DO UPDATE SET tag_value = excluded.tag_value",
        certificate_arn, tag.key, tag.value.value_or(""));
    if (!put) return put.error();
  }
  return {};
}

Outcome remove_tags(sql::Transaction& tx, std::string_view certificate_arn,
                    const std::vector<Tag>& tags) {
  for (const auto& tag : tags) {
    const auto removed =
        tag.value ? tx.run("DELETE FROM acm_tag WHERE arn = $1 AND tag_key = $2 AND tag_value = $3",
                           certificate_arn, tag.key, *tag.value)
                  : tx.run("DELETE FROM acm_tag WHERE arn = $1 AND tag_key = $2", certificate_arn,
                           tag.key);
    if (!removed) return removed.error();
  }
  return {};
}

void add_tag_context(aws::Access& access, const std::vector<Tag>& tags) {
  if (tags.empty()) return;
  std::vector<std::string> keys;
  for (const auto& tag : tags) {
    keys.push_back(tag.key);
    access.context.push_back({"aws:RequestTag/" + tag.key, {tag.value.value_or("")}});
  }
  access.context.push_back({"aws:TagKeys", std::move(keys)});
}

}  // namespace everseal::acm
