#include "services/acmpca/authority/revocation_rules.h"

#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {
namespace {

bool says_more_than_no(const CrlConfiguration& crl) {
  return crl.expiration_in_days || crl.custom_cname || crl.s3_bucket_name || crl.s3_object_acl ||
         crl.distribution_point_extension || crl.crl_type || crl.custom_path;
}

bool has_protocol(const std::optional<std::string>& host) {
  return host && host->find("://") != std::string::npos;
}

Result<void, ApiError> check(const CrlConfiguration& crl) {
  if (!crl.enabled) {
    if (says_more_than_no(crl))
      return invalid_args("CrlConfiguration must have no other member when Enabled is false.");
    return {};
  }
  if (!crl.s3_bucket_name) return invalid_args("An enabled CrlConfiguration needs S3BucketName.");
  if (!crl.expiration_in_days)
    return invalid_args("An enabled CrlConfiguration needs ExpirationInDays.");
  if (has_protocol(crl.custom_cname))
    return invalid_args("CustomCname must not begin with a protocol such as http://.");
  const bool omits =
      crl.distribution_point_extension && crl.distribution_point_extension->omit_extension;
  if (omits && crl.custom_cname)
    return invalid_args("CustomCname cannot be combined with OmitExtension.");
  return {};
}

Result<void, ApiError> check(const OcspConfiguration& ocsp) {
  if (!ocsp.enabled && ocsp.ocsp_custom_cname)
    return invalid_args("OcspConfiguration must have no other member when Enabled is false.");
  if (has_protocol(ocsp.ocsp_custom_cname))
    return invalid_args("OcspCustomCname must not begin with a protocol such as http://.");
  return {};
}

}  // namespace

RevocationConfiguration no_revocation() {
  return {.crl_configuration = CrlConfiguration{}, .ocsp_configuration = OcspConfiguration{}};
}

Result<RevocationConfiguration, ApiError> revocation_over(const RevocationConfiguration& current,
                                                          const RevocationConfiguration& asked) {
  auto result = current;
  if (asked.crl_configuration) {
    if (auto refused = check(*asked.crl_configuration); !refused) return refused.error();
    result.crl_configuration = asked.crl_configuration;
  }
  if (asked.ocsp_configuration) {
    if (auto refused = check(*asked.ocsp_configuration); !refused) return refused.error();
    result.ocsp_configuration = asked.ocsp_configuration;
  }
  return result;
}

}  // namespace everseal::acmpca
