#include "services/elbv2/shapes.h"

namespace everseal::elbv2::shapes {

std::vector<Tag> shown(const aws::Tags& tags) {
  std::vector<Tag> all;
  for (const auto& [key, value] : tags) all.push_back({key, value});
  return all;
}

aws::Tags pairs(const std::vector<Tag>& tags) {
  aws::Tags all;
  for (const Tag& tag : tags) all.emplace_back(tag.key, tag.value.value_or(""));
  return all;
}

}  // namespace everseal::elbv2::shapes
