#pragma once

#include <span>
#include <string_view>
#include <vector>

// The security policies of HTTPS listeners, as AWS has them. Those with ML-KEM groups, the FIPS and
// the RFC 9151 ones need an OpenSSL that is newer than ours.
namespace everseal::elbv2 {

struct SslPolicy {
  std::string_view name;
  std::vector<std::string_view> protocols;  // "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"
  std::vector<std::string_view> ciphers;    // as OpenSSL calls them, the preferred one first
};

// Of listeners that were made without one.
inline constexpr std::string_view usual_ssl_policy = "ELBSecurityPolicy-2016-08";

std::span<const SslPolicy> ssl_policies();                // by name
const SslPolicy* find_ssl_policy(std::string_view name);  // or null

}  // namespace everseal::elbv2
