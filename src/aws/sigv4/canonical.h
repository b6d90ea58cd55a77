#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

// The spelling of a request that both sides hash: one text, whatever proxies and libraries did to
// case, order and white space on the way.
namespace everseal::aws::sigv4 {

// How the path is spelt: S3 takes keys such as "a//b" and "../c" as they are, all other services
// remove such segments and encode once more what is encoded already.
enum class PathRule { Normalised, AsSent };

std::string canonical_path(std::string_view path, PathRule rule);

// Sorted by name, then value; X-Amz-Signature is left out. A '+' is a plus sign, not a space.
std::string canonical_query(std::string_view query);

// A line for each of the names; nothing if the request lacks one of them.
std::optional<std::string> canonical_headers(const http::Headers& headers,
                                             const std::vector<std::string>& names);

// One "name=value" of a query, decoded.
struct Parameter {
  std::string name;
  std::string value;
};
std::vector<Parameter> query_parameters(std::string_view query);

// "a;b;c"
std::string joined(const std::vector<std::string>& names);

// `headers` is the outcome of canonical_headers.
std::string canonical_request(const http::RequestHead& head, PathRule rule,
                              std::string_view headers, std::string_view signed_headers,
                              std::string_view payload_hash);

std::string string_to_sign(std::string_view signed_at, std::string_view scope,
                           std::string_view canonical_request);

}  // namespace everseal::aws::sigv4
