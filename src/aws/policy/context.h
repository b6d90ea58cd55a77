#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/access.h"
#include "aws/call.h"
#include "result/fault.h"

namespace everseal::aws::policy {

// The condition keys of one request. A value is made when a condition or a variable asks for it, so
// a request whose policies have none pays for none. Refers to the call and the access that made it.
// For one thread.
class Context {
 public:
  using Values = std::vector<std::string>;

  Context(const Call& call, const Access& access) : call_(call), access_(access) {}

  const Caller& caller() const { return call_.caller; }

  // The values of the key, spelled in lower case; nothing if this request has no such key. Looked
  // for among the global keys, in Access::context, and "<service>:resourcetag/<tag>" in the tags of
  // the resource, which are asked for once.
  std::optional<Values> find(std::string_view key) const;

  // Why the tags of the resource could not be read. What was decided meanwhile does not count.
  const std::optional<Fault>& fault() const { return fault_; }

 private:
  std::optional<Values> about_caller(std::string_view key) const;
  std::optional<Values> about_request(std::string_view key) const;
  std::optional<Values> about_resource(std::string_view tag) const;

  const Call& call_;
  const Access& access_;
  mutable std::optional<Tags> resource_tags_;
  mutable std::optional<Fault> fault_;
};

}  // namespace everseal::aws::policy
