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

aws::Access with_values(aws::Access access, std::string key, std::vector<std::string> values) {
  if (!values.empty()) access.context.emplace_back(std::move(key), std::move(values));
  return access;
}

aws::Access with_new_tags(aws::Access access, const std::vector<shapes::Tag>& tags,
                          std::string_view operation, std::string made) {
  if (tags.empty()) return access;
  aws::Access tagging = with_tags(aws::on(std::move(made)), tags);
  tagging.action = "elasticloadbalancing:AddTags";
  tagging.context.push_back({"elasticloadbalancing:CreateAction", {std::string(operation)}});
  access = with_tags(std::move(access), tags);
  access.also.push_back(std::move(tagging));
  return access;
}

aws::Access with_tag_keys(aws::Access access, std::vector<std::string> keys) {
  access.context.push_back({"aws:TagKeys", std::move(keys)});
  return access;
}

}  // namespace everseal::elbv2
