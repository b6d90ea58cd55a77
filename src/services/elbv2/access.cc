#include "services/elbv2/access.h"

#include <utility>

#include "services/elbv2/tag_store.h"

namespace everseal::elbv2 {

aws::Access access_to(sql::Database& database, std::string arn) {
  aws::Access access = aws::on(arn);
  access.resource_tags = [&database, arn = std::move(arn)] {
    return database.read([&](sql::Snapshot& view) { return tags_of(view, arn); });
  };
  return access;
}

aws::Access with_tags(aws::Access access, const std::vector<shapes::Tag>& tags) {
  if (tags.empty()) return access;
  std::vector<std::string> keys;
  for (const shapes::Tag& tag : tags) {
    keys.push_back(tag.key);
    access.context.push_back({"aws:RequestTag/" + tag.key, {tag.value.value_or("")}});
  }
  return with_tag_keys(std::move(access), std::move(keys));
}

aws::Access with_tag_keys(aws::Access access, std::vector<std::string> keys) {
  access.context.push_back({"aws:TagKeys", std::move(keys)});
  return access;
}

}  // namespace everseal::elbv2
