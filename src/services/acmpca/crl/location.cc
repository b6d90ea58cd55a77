#include "services/acmpca/crl/location.h"

namespace everseal::acmpca {
namespace {

std::string key_of(const AuthorityArn& authority, const CrlConfiguration& crl,
                   std::string_view partition) {
  const std::string id(authority.uuid());
  const std::string name(partition.empty() ? id : partition);
  if (crl.custom_path) return *crl.custom_path + '/' + name + ".crl";
  return partition.empty() ? "crl/" + id + ".crl" : "crl/" + id + '/' + name + ".crl";
}

// "host" or "host/bucket".
std::string place_of(std::string_view region, const CrlConfiguration& crl,
                     const std::string& bucket) {
  if (crl.custom_cname && !crl.custom_cname->empty()) return *crl.custom_cname;
  const auto s3 = "s3." + std::string(region) + ".amazonaws.com";
  return bucket.find('.') == std::string::npos ? bucket + '.' + s3 : s3 + '/' + bucket;
}

}  // namespace

CrlLocation crl_location(const AuthorityArn& authority, const CrlConfiguration& crl,
                         std::string_view partition) {
  const auto& name = *crl.s3_bucket_name;
  const auto slash = name.find('/');
  const auto bucket = name.substr(0, slash);
  auto key = key_of(authority, crl, partition);
  if (slash != std::string::npos && slash + 1 < name.size()) {
    const auto path = name.substr(slash + 1);
    key = path + (path.back() == '/' ? "" : "/") + key;
  }
  const auto uri = "http://" + place_of(authority.region(), crl, bucket) + '/' + key;
  return {bucket, key, uri};
}

std::string delta_of(std::string key_or_uri) {
  constexpr std::string_view suffix = ".crl";
  return key_or_uri.insert(key_or_uri.size() - suffix.size(), "-delta");
}

CrlLocation delta_of(const CrlLocation& complete) {
  return {complete.bucket, delta_of(complete.key), delta_of(complete.uri)};
}

}  // namespace everseal::acmpca
