#include "services/acmpca/authority/tag_store.h"

#include "aws/tag_keys.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {
namespace {

ApiError key_comes_twice(std::string_view key) {
  return invalid_tag("The tag key " + std::string(key) +
                     " is there more than once: keys that differ in case only count as one.");
}

}  // namespace

Result<void, ApiError> check_tags(const std::vector<Tag>& tags) {
  aws::TagKeys keys;
  for (const auto& tag : tags) {
    if (aws::is_reserved_tag_key(tag.key))
      return invalid_tag("Tag keys that begin with aws: are reserved.");
    if (!keys.add(tag.key)) return key_comes_twice(tag.key);
  }
  return {};
}

Outcome put_tags(sql::Transaction& tx, std::int64_t ca, const std::vector<Tag>& tags) {
  for (const auto& tag : tags) {
    const auto done = tx.run(
        "INSERT INTO acmpca_tag (ca, key, value) VALUES ($1, $2, $3) "
        "ON CONFLICT (ca, key) DO UPDATE SET value = excluded.value",
        ca, tag.key, tag.value);
    if (!done) return done.error();
  }
  return {};
}

Outcome remove_tags(sql::Transaction& tx, std::int64_t ca, const std::vector<Tag>& tags) {
  for (const auto& tag : tags) {
    const auto done =
        tag.value ? tx.run("DELETE FROM acmpca_tag WHERE ca = $1 AND key = $2 AND value = $3", ca,
                           tag.key, *tag.value)
                  : tx.run("DELETE FROM acmpca_tag WHERE ca = $1 AND key = $2", ca, tag.key);
    if (!done) return done.error();
  }
  return {};
}

Result<void, ApiError> check_set(const aws::Tags& tags, std::size_t quota) {
  aws::TagKeys keys;
  for (const auto& [key, value] : tags) {
    if (!keys.add(key)) return key_comes_twice(key);
  }
  if (tags.size() > quota) return too_many_tags(quota);
  return {};
}

Result<std::vector<Tag>> list_tags(sql::Snapshot& view, std::int64_t ca, std::string_view after_key,
                                   std::size_t most) {
  const auto rows =
      view.all("SELECT key, value FROM acmpca_tag WHERE ca = $1 AND key > $2 ORDER BY key LIMIT $3",
               ca, after_key, most);
  if (!rows) return rows.error();
  std::vector<Tag> tags;
  for (const auto& row : *rows) tags.push_back({row.text(0), row.maybe_text(1)});
  return tags;
}

Result<aws::Tags> tags_of(sql::Snapshot& view, std::string_view authority_arn) {
  const auto rows = view.all(
      "SELECT t.key, t.value FROM acmpca_tag t JOIN acmpca_certificate_authority a ON a.id = t.ca "
      "WHERE a.arn = $1 ORDER BY t.key",
      authority_arn);
  if (!rows) return rows.error();
  aws::Tags tags;
  for (const auto& row : *rows) tags.emplace_back(row.text(0), row.maybe_text(1).value_or(""));
  return tags;
}

void add_tag_conditions(aws::Access& access, const std::vector<Tag>& tags) {
  for (const auto& tag : tags) {
    access.context.push_back({"aws:RequestTag/" + tag.key, {tag.value.value_or("")}});
  }
  add_tag_key_conditions(access, tags);
}

void add_tag_key_conditions(aws::Access& access, const std::vector<Tag>& tags) {
  if (tags.empty()) return;
  std::vector<std::string> keys;
  keys.reserve(tags.size());
  for (const auto& tag : tags) keys.push_back(tag.key);
  access.context.push_back({"aws:TagKeys", std::move(keys)});
}

}  // namespace everseal::acmpca
