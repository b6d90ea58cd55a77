#include "aws/endpoint/bucket_hosts.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace everseal::aws::endpoint {
namespace {

constexpr std::string_view aws_domain = ".amazonaws.com";

// Without its port, in lower case.
std::string name_in(std::string_view host) {
  std::string name(host.substr(0, host.find(':')));
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

// How long the name of S3 is at the end of a host at AWS: of "b.s3.eu-west-1.amazonaws.com" it is
// all but "b.". Zero: it is no such host.
std::size_t length_at_aws(std::string_view host) {
  if (!host.ends_with(aws_domain)) return 0;
  const auto rest = host.substr(0, host.size() - aws_domain.size());
  const auto mark = rest.rfind(".s3.");
  if (rest.ends_with(".s3")) return host.size() - (rest.size() - 2);
  if (mark != rest.npos) return host.size() - (mark + 1);
  return rest == "s3" || rest.starts_with("s3.") ? host.size() : 0;
}

}  // namespace

BucketHosts::BucketHosts(std::vector<std::string> names) : names_(std::move(names)) {
  names_.emplace_back("localhost");
  std::ranges::sort(names_, std::ranges::greater(), &std::string::size);
}

std::optional<std::string> BucketHosts::bucket_in(std::string_view host) const {
  auto length = length_at_aws(host);
  for (const auto& name : names_) {
    if (host == name) return std::nullopt;
    if (host.ends_with("." + name)) length = std::max(length, name.size());
  }
  if (length == 0 || host.size() <= length + 1) return std::nullopt;
  return std::string(host.substr(0, host.size() - length - 1));
}

std::optional<std::string> BucketHosts::bucket_of(const http::RequestHead& head) const {
  const auto sent = head.headers.find("Host");
  return sent ? bucket_in(name_in(*sent)) : std::nullopt;
}

std::optional<http::RequestHead> BucketHosts::with_path(const http::RequestHead& head,
                                                        std::string_view signing_name) const {
  const bool is_for_s3 =
      signing_name.empty() ? !head.headers.contains("X-Amz-Target") : signing_name == "s3";
  if (!is_for_s3) return std::nullopt;
  const auto bucket = bucket_of(head);
  if (!bucket) return std::nullopt;
  auto moved = head;
  moved.target = "/" + *bucket + std::string(head.path());
  if (!head.query().empty()) moved.target += "?" + std::string(head.query());
  return moved;
}

}  // namespace everseal::aws::endpoint
