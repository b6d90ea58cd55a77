#pragma once

#include <string>
#include <string_view>

namespace everseal::s3 {

// Whether a new bucket may be called so: 3 to 63 lower-case letters, digits, dots and hyphens,
// beginning and ending with a letter or digit, without "..", not an IPv4 address, and without the
// prefixes and suffixes that AWS keeps for itself.
bool is_bucket_name(std::string_view name);

std::string bucket_arn(std::string_view bucket);                        // "arn:aws:s3:::bucket"
std::string object_arn(std::string_view bucket, std::string_view key);  // "arn:aws:s3:::bucket/key"

}  // namespace everseal::s3
