#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/fields.h"
#include "services/acm/domain_names.h"
#include "services/acm/enums.h"

// Shapes of the model that several operations have.
namespace everseal::acm {

inline constexpr std::string_view kCertificateArnPattern =
    R"(arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)*)";
inline constexpr std::string_view kCaArnPattern =
    R"(arn:[\w+=/,.@-]+:acm-pca:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)*)";
inline constexpr std::string_view kTagPattern = R"([\p{L}\p{Z}\p{N}_.:\/=+\-@]*)";

constexpr auto domain_name_pattern() { return aws::pattern(kDomainNamePattern, kDomainNameRe2); }

template <class Request>
constexpr auto certificate_arn_field(std::string Request::* member) {
  return aws::required("CertificateArn", member, aws::length(20, 2048),
                       aws::pattern(kCertificateArnPattern));
}

// Of an operation about one certificate.
struct CertificateArnRequest {
  std::string certificate_arn;
  static constexpr auto fields =
      std::tuple{certificate_arn_field(&CertificateArnRequest::certificate_arn)};
};

struct Tag {
  std::string key;
  std::optional<std::string> value;
  static constexpr auto fields = std::tuple{
      aws::required("Key", &Tag::key, aws::length(1, 128), aws::pattern(kTagPattern)),
      aws::optional("Value", &Tag::value, aws::length(0, 256), aws::pattern(kTagPattern))};
};

struct CertificateOptions {
  std::optional<Switch> transparency;
  std::optional<Switch> export_option;
  static constexpr auto fields = std::tuple{
      aws::optional("CertificateTransparencyLoggingPreference", &CertificateOptions::transparency),
      aws::optional("Export", &CertificateOptions::export_option)};
};

}  // namespace everseal::acm
