#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "aws/api_error.h"
#include "result/result.h"

namespace everseal::acm {

// What the model says of a name: at least one dot, labels of up to 63 characters, a wildcard only
// as the whole leftmost label.
inline constexpr std::string_view kDomainNamePattern =
    R"((\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9]))";
// The same without look-ahead.
inline constexpr std::string_view kDomainNameRe2 =
    R"((\*\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9])";
inline constexpr std::size_t kLongestDomainName = 253;
// The domain name of a request becomes the common name, which has at most 64 octets (RFC 5280,
// ub-common-name).
inline constexpr std::size_t kLongestCommonName = 64;

// How ACM spells every name.
std::string in_lower_case(std::string_view name);

// The names of a certificate, in lower case: the domain name first, then the alternative names in
// their order, each once. All of them already have the shape of the model's pattern.
// InvalidParameterException: a domain name over 64 octets; an IP address; a label with "--" in
// third place that is not "xn--" and valid punycode. LimitExceededException: more than `limit`.
Result<std::vector<std::string>, ApiError> certificate_names(
    std::string_view domain_name, const std::vector<std::string>& alternative_names,
    std::size_t limit);

// Whether the text behind "xn--" decodes to code points by RFC 3492 with at least one beyond ASCII.
bool is_punycode(std::string_view encoded);

}  // namespace everseal::acm
