#pragma once

#include <set>
#include <string>
#include <string_view>

namespace everseal::aws {

// "aws:team", in whatever case: such keys are nobody's to choose.
bool is_reserved_tag_key(std::string_view key);

// The keys of the tags of one request or resource. Conditions such as aws:RequestTag/team match
// keys in any case of A to Z, so two that differ in nothing else could hide one value behind the
// other.
class TagKeys {
 public:
  // False: the key, in whatever case, is there already.
  bool add(std::string_view key);

 private:
  std::set<std::string> folded_;
};

}  // namespace everseal::aws
