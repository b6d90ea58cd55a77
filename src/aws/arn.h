#pragma once

#include <string>
#include <string_view>

#include "result/result.h"

namespace everseal::aws {

// The name of a resource: arn:partition:service:region:account:resource. Region and account may be
// empty (IAM has no region, templates of Private CA have neither). Immutable.
class Arn {
 public:
  // What AWS's models say of ARNs in general.
  static constexpr std::string_view pattern =
      R"(arn:[\w+=/,.@-]+:[\w+=/,.@-]+:[\w+=/,.@-]*:[0-9]*:.+)";

  Arn(std::string_view service, std::string_view region, std::string_view account,
      std::string_view resource);

  // Malformed: fewer than six parts, no "arn" in front, an empty partition, service or resource,
  // more than 2048 characters, control characters.
  static Result<Arn> parse(std::string_view text);

  const std::string& text() const { return text_; }
  std::string_view partition() const { return part(0); }
  std::string_view service() const { return part(1); }
  std::string_view region() const { return part(2); }
  std::string_view account() const { return part(3); }
  std::string_view resource() const { return part(4); }  // "certificate-authority/<uuid>"

  friend bool operator==(const Arn& left, const Arn& right) { return left.text_ == right.text_; }
  friend auto operator<=>(const Arn& left, const Arn& right) { return left.text_ <=> right.text_; }

 private:
  explicit Arn(std::string text);
  std::string_view part(std::size_t index) const;  // counted after "arn:"
  std::string text_;
};

}  // namespace everseal::aws

namespace everseal {
using aws::Arn;
}
